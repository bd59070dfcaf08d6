// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Methods within expressions of every kind. A lookup whose type matters gets
// it back: the helper's result is a void *.
// RUN: %bcc2core check --dump=unit --passes=map_method %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: u64 n = bpf_map_lookup_elem(&h, &k) ? ((struct val *)bpf_map_lookup_elem(&h, &k))->a : 0;
// CHECK-NEXT: struct val copy = {}, *v = one ? bpf_map_lookup_elem(&h, &k) : &copy;
// CHECK-NEXT: if (bpf_map_lookup_elem(&h, &k) && (((struct val *)bpf_map_lookup_elem(&h, &k)))->b > 2)
// CHECK-NEXT: copy = *((struct val *)bpf_map_lookup_elem(&h, &k));
// CHECK-NEXT: n += sizeof(*((struct val *)bpf_map_lookup_elem(&h, &k)));
// CHECK-NEXT: n += !bpf_map_lookup_elem(&h, &k) + (bpf_map_lookup_elem(&h, &k) == 0);
// CHECK-NEXT: b2c_update(&h, &k, b2c_lookup_or_init(&h, &k, &copy, &h_full), BPF_ANY, &h_full);
// CHECK-NEXT: b2c_increment(&c, &(u32){bpf_map_lookup_elem(&h, &k) ? 1 : 2}, 1, &c_full);
// CHECK-NEXT: b2c_increment(&c, &(u32){v ? v->b : 0}, 1, &c_full);
// CHECK-NEXT: n += ({ struct val *w = bpf_map_lookup_elem(&h, &k); w ? w->a : 0; });
// CHECK-NEXT: n += ({ ((struct val *)bpf_map_lookup_elem(&h, &k)); }) != 0;
// CHECK-NEXT: for (v = bpf_map_lookup_elem(&h, &k); v && n; v = bpf_map_lookup_elem(&h, &k))
// CHECK-NEXT: n--;
// CHECK-NEXT: u64 list[] = {[1] = bpf_map_lookup_elem(&h, &k) != 0};
// CHECK-NEXT: struct holder holder = {.v = bpf_map_lookup_elem(&h, &k)};
// CHECK-NEXT: __auto_type w = ((struct val *)bpf_map_lookup_elem(&h, &k));
// CHECK-NEXT: typeof(*((struct val *)bpf_map_lookup_elem(&h, &k))) other = {};
// CHECK-NEXT: while (bpf_map_delete_elem(&h, &k) == 0 && n)
// CHECK-NEXT: n--;
// CHECK-NEXT: bpf_map_lookup_elem(&h, &k);
// CHECK-NEXT: use(bpf_map_lookup_elem(&h, &k));
// CHECK-NEXT: return (long)bpf_map_lookup_elem(&h, &k) != 0;

struct val {
	u64 a;
	u32 b;
};
struct holder {
	struct val *v;
};
BPF_HASH(h, u32, struct val);
BPF_HASH(c, u32);

static void use(struct val *v)
{
}

int kprobe__vfs_read(struct pt_regs *ctx)
{
	u32 k = 1, one = 1;
	u64 n = h.lookup(&k) ? h.lookup(&k)->a : 0;
	struct val copy = {}, *v = one ? h.lookup(&k) : &copy;
	if (h.lookup(&k) && (h . lookup ( &k ))->b > 2)
		copy = *h.lookup(&k);
	n += sizeof(*h.lookup(&k));
	n += !h.lookup(&k) + (h.lookup(&k) == 0);
	h.update(&k, h.lookup_or_try_init(&k, &copy));
	c.increment(h.lookup(&k) ? 1 : 2);
	c.increment(v ? v->b : 0);
	n += ({ struct val *w = h.lookup(&k); w ? w->a : 0; });
	n += ({ h.lookup(&k); }) != 0;
	for (v = h.lookup(&k); v && n; v = h.lookup(&k))
		n--;
	u64 list[] = {[1] = h.lookup(&k) != 0};
	struct holder holder = {.v = h.lookup(&k)};
	__auto_type w = h.lookup(&k);
	typeof(*h.lookup(&k)) other = {};
	while (h.delete(&k) == 0 && n)
		n--;
	(h).lookup(&k);
	use(h.lookup(&k));
	return (long)h.lookup(&k) != 0;
}
