// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Every method of a map with elements, with the least and the most arguments.
// RUN: %bcc2core check --dump=unit --passes=map_method %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: u64 *v = bpf_map_lookup_elem(&h, &k);
// CHECK-NEXT: v = b2c_lookup_or_init(&h, &k, &zero, &h_full);
// CHECK-NEXT: v = b2c_lookup_or_return(&h, &k, &zero, 0, &h_full);
// CHECK-NEXT: b2c_update(&h, &k, &zero, BPF_ANY, &h_full);
// CHECK-NEXT: b2c_update(&h, &k, &zero, BPF_NOEXIST, &h_full);
// CHECK-NEXT: bpf_map_delete_elem(&h, &k);
// CHECK-NEXT: b2c_increment(&h, &k, 1, &h_full);
// CHECK-NEXT: b2c_increment(&h, &k, zero + 2, &h_full);
// CHECK-NEXT: b2c_atomic_increment(&h, &k, 1, &h_full);
// CHECK-NEXT: b2c_atomic_increment(&h, &k, 3, &h_full);
// CHECK-NEXT: b2c_increment(&a, &(u32){0}, 1);
// CHECK-NEXT: b2c_increment(&d, &(u32){bpf_log2l(zero)}, 1);
// CHECK-NEXT: b2c_atomic_increment(&ph, &k, 1);
// CHECK-NEXT: bpf_map_update_elem(&lru, &k, &zero, BPF_ANY);
// CHECK-NEXT: v = bpf_map_lookup_elem(&pa, &k);

BPF_HASH(h, u32);
BPF_ARRAY(a, u64, 4);
BPF_PERCPU_ARRAY(pa, u64, 4);
BPF_PERCPU_HASH(ph, u32);
BPF_LRU_HASH(lru, u32);
BPF_HISTOGRAM(d);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	u64 zero = 0;
	u32 k = 1;
	u64 *v = h.lookup(&k);
	v = h.lookup_or_try_init(&k, &zero);
	v = h.lookup_or_init(&k, &zero);
	h.update(&k, &zero);
	h.insert(&k, &zero);
	h.delete(&k);
	h.increment(k);
	h.increment(k, zero + 2);
	h.atomic_increment(k);
	h.atomic_increment(k, 3);
	a.increment(0);
	d.increment(bpf_log2l(zero));
	ph.atomic_increment(k);
	lru.update(&k, &zero);
	v = pa.lookup(&k);
	return v ? 1 : 0;
}
