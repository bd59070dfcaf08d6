// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Arrays that the stack has no room for, also beyond what LLVM clears by stores; in loops,
// branches and statement expressions; an index that is compared keeps its bound.
// RUN: rm -rf %t && %bcc2core emit %s -o %t
// RUN: grep -v CHECK %t/arrays.bpf.c | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o

#define SIZE 300

struct pair {
	u32 a, b;
};

BPF_HASH(counts, u32);

int kprobe__vfs_open(struct pt_regs *ctx)
{
	char a[SIZE], c, b[SIZE] = "abc";
	u32 i = bpf_get_smp_processor_id();

	bpf_get_current_comm(a, sizeof(a));
	bpf_get_current_comm(&b, sizeof b);
	bpf_get_current_comm(&b[16], 16);
	bpf_get_current_comm(b + 32, 16);
	c = a[3] + *b;
	if (i < SIZE)
		c += a[i];
	counts.increment(c);
	return b[40];
}

int kprobe__vfs_read(struct pt_regs *ctx)
{
	for (int i = 0; i < 3; i++) {
		struct pair pairs[70] = {{1}, {.b = 2}};

		pairs[i + 2].a = i;
		counts.increment(pairs[i].b);
		counts.update(&pairs[3].a, (u64 *)&pairs[4]);
	}
	return 0;
}

static u32 sum(u32 (*rows)[30])
{
	return rows[1][2] + rows[2][1];
}

int kprobe__vfs_write(struct pt_regs *ctx)
{
	if (bpf_get_smp_processor_id()) {
		u32 rows[5][30] = {};

		rows[1][2] = bpf_get_prandom_u32();
		bpf_get_current_comm(rows[2], 16);
		counts.increment(sum(rows));
	}
	return ({ char big[4096]; bpf_get_current_comm(big, sizeof(big)); big[5]; });
}

// CHECK:      __type(value, char[SIZE]);
// CHECK-NEXT: } a_scratch SEC(".maps");
// CHECK:      char (*a)[SIZE] = bpf_map_lookup_elem(&a_scratch, &(u32){ 0 });
// CHECK-EMPTY:
// CHECK-NEXT: if (!a)
// CHECK-NEXT: return 0;
// CHECK-NEXT: __builtin_memset(a, 0, sizeof(*a));
// CHECK-NEXT: char c;
// CHECK-NEXT: char b[SIZE] = "abc";
// CHECK:      bpf_get_current_comm(*a, sizeof(*a));
// CHECK-NEXT: bpf_get_current_comm(&b, sizeof b);
// CHECK:      c = (*a)[3] + *b;
// CHECK-NEXT: if (i < SIZE)
// CHECK-NEXT: c += (*a)[b2c_below(i, SIZE)];

// CHECK:      __type(value, struct pair[70]);
// CHECK:      for (int i = 0; i < 3; i++) {
// CHECK-NEXT: struct pair (*pairs)[70] = bpf_map_lookup_elem(&pairs_scratch, &(u32){ 0 });
// CHECK:      __builtin_memset(pairs, 0, sizeof(*pairs));
// CHECK-NEXT: (*pairs)[0].a = 1;
// CHECK-NEXT: (*pairs)[1].b = 2;
// CHECK:      (*pairs)[i + 2].a = i;
// CHECK-NEXT: b2c_increment(&counts, &(*pairs)[i].b, 1, &counts_full);
// CHECK-NEXT: b2c_update(&counts, &(*pairs)[3].a, (u64 *)&(*pairs)[4], BPF_ANY, &counts_full);

// CHECK:      u32 (*rows)[5][30] = bpf_map_lookup_elem(&rows_scratch, &(u32){ 0 });
// CHECK:      (*rows)[1][2] = bpf_get_prandom_u32();
// CHECK-NEXT: bpf_get_current_comm((*rows)[2], 16);
// CHECK-NEXT: b2c_increment(&counts, &(u32){sum(*rows)}, 1, &counts_full);
// CHECK:      bpf_probe_read_kernel(big, sizeof(*big), (void *)0); /* all zero */
// CHECK:      bpf_get_current_comm(*big, sizeof(*big)); (*big)[5]; });
