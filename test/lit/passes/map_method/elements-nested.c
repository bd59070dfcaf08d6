// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Insertions, counts and lookups with a first value inside conditions, loops, called functions.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define lock_xadd(ptr, val) ((void)__sync_fetch_and_add(ptr, val))
// CHECK: static __always_inline int first(u32 key)
// CHECK: struct val *v = b2c_lookup_or_return(&h, &key, &zero, 0, &h_full);
// CHECK: return v->n++ ? b2c_update(&h, &key, v, BPF_NOEXIST, &h_full) : b2c_update(&h, &key, &zero, BPF_ANY, &h_full) + 1;
// CHECK: SEC("kprobe/vfs_read")
// CHECK: lock_xadd(&b2c_lookup_or_return(&h, &key, &zero, 0, &h_full)->n, 1);
// CHECK-NEXT: lock_xadd(b2c_lookup_or_return(&counts, &key, ((u64[]){0}), 0, &counts_full), 2);
// CHECK-NEXT: for (int i = 0; i < 4 && !b2c_update(&h, &key, &zero, BPF_NOEXIST, &h_full); i++)
// CHECK-NEXT: b2c_atomic_increment(&counts, &i, i ? 2 : 1, &counts_full);
// CHECK-NEXT: if (b2c_lookup_or_init(&h, &key, &zero, &h_full) && !bpf_map_delete_elem(&h, &key))
// CHECK-NEXT: b2c_atomic_increment(&counts, &(u32){key + (b2c_lookup_or_return(&h, &key, &zero, 0, &h_full)->n > 3)}, 1, &counts_full);
// CHECK-NEXT: return first(key) ? first(key + b2c_update(&h, &key, &zero, BPF_NOEXIST, &h_full)) : 0;
struct val {
	u64 n;
};
BPF_HASH(h, u32, struct val);
BPF_HASH(counts, u32);

static int first(u32 key)
{
	struct val zero = {};
	struct val *v = h.lookup_or_init(&key, &zero);

	return v->n++ ? h.insert(&key, v) : h.update(&key, &zero) + 1;
}

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct val zero = {};
	u32 key = 1;

	lock_xadd(&h.lookup_or_init(&key, &zero)->n, 1);
	lock_xadd(counts.lookup_or_init(&key, (u64[]){0}), 2);
	for (int i = 0; i < 4 && !h.insert(&key, &zero); i++)
		counts.atomic_increment(i, i ? 2 : 1);
	if (h.lookup_or_try_init(&key, &zero) && !h.delete(&key))
		counts.atomic_increment(key + (h.lookup_or_init(&key, &zero)->n > 3));
	return first(key) ? first(key + h.insert(&key, &zero)) : 0;
}
