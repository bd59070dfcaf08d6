// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Variables of functions that several programs call: programs that the kernel never runs at
// once on a CPU share the map; functions that return nothing, a pointer or a number.
// RUN: rm -rf %t && %bcc2core emit %s -o %t
// RUN: grep -v CHECK %t/functions.bpf.c | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
// RUN: %bcc2core object --stack=100 %s -o %t.o -v 2>&1 | %FileCheck %s --check-prefix=LESS

BPF_ARRAY(totals, u64, 4);

static void add(u32 i)
{
	char bytes[600];
	u64 *total = totals.lookup(&i);

	bpf_get_current_comm(bytes, sizeof(bytes));
	if (total)
		*total += bytes[1];
}

// Kept until the limit is lower.
static u64 *find(void)
{
	char other[120];

	bpf_get_current_comm(other, sizeof(other));
	return totals.lookup((int *)&other[4]);
}

int kprobe__vfs_read(struct pt_regs *ctx)
{
	add(1);
	add(2);
	return find() != 0;
}

TRACEPOINT_PROBE(sched, sched_switch)
{
	add(3);
	return 0;
}

// CHECK:      } bytes_scratch SEC(".maps");
// CHECK-EMPTY:
// CHECK-NEXT: static __always_inline void add(u32 i)
// CHECK-NEXT: {
// CHECK-NEXT: char (*bytes)[600] = bpf_map_lookup_elem(&bytes_scratch, &(u32){ 0 });
// CHECK-EMPTY:
// CHECK-NEXT: if (!bytes)
// CHECK-NEXT: return;
// CHECK-NEXT: __builtin_memset(bytes, 0, sizeof(*bytes));
// CHECK:      char other[120];
// CHECK-NOT:  _scratch

// LESS: 'bytes' is kept in a per-CPU map
// LESS: 'other' is kept in a per-CPU map
