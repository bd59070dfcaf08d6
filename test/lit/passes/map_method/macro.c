// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Methods in macros of the program: in arguments, and in a body that keeps its
// parameters, so that uses with other maps share it.
// RUN: %bcc2core check --dump=unit --passes=map_method %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define LOOK(m, key) bpf_map_lookup_elem(&m, key)
// CHECK-NEXT: #define INC(m, i) do { u32 slot = i; b2c_increment(&m, &slot, 1); } while (0)
// CHECK-NEXT: #define BUMP b2c_increment(&a, &(u32){0}, 1)
// CHECK-NEXT: #define GET(x) ({ u32 __k = (x); struct val *__v = bpf_map_lookup_elem(&h, &__k); __v ? __v->a : 0; })
// CHECK-NEXT: #define START(name, key) bpf_map_lookup_elem(&name##_start, key)
// CHECK-NEXT: #define MAP h
// CHECK-NEXT: #define TWICE(x) ((x) != 0 && (x) != (void *)1)
// CHECK-NEXT: #define SAME(x) x
// CHECK: struct val *v = LOOK(h, &k);
// CHECK-NEXT: u64 *n = LOOK(a, &k), sum = LOOK(a, LOOK(h, &k)) ? 1 : 0;
// CHECK-NEXT: INC(a, 2);
// CHECK-NEXT: INC(d, bpf_log2l(sum));
// CHECK-NEXT: BUMP; BUMP;
// CHECK-NEXT: sum += GET(k) + GET(GET(5));
// CHECK-NEXT: n = START(read, &k);
// CHECK-NEXT: n = START(write, &k);
// CHECK-NEXT: v = bpf_map_lookup_elem(&MAP, &k);
// CHECK-NEXT: if (TWICE(bpf_map_lookup_elem(&h, &k)) || SAME(SAME(bpf_map_lookup_elem(&h, &k))))
// CHECK-NEXT: SAME(bpf_map_delete_elem(&h, &k));

struct val {
	u64 a;
};
BPF_HASH(h, u32, struct val);
BPF_HASH(read_start, u32);
BPF_HASH(write_start, u32);
BPF_ARRAY(a, u64, 4);
BPF_HISTOGRAM(d);

#define LOOK(m, key) m.lookup(key)
#define INC(m, i) do { u32 slot = i; m.increment(slot); } while (0)
#define BUMP a.increment(0)
#define GET(x) ({ u32 __k = (x); struct val *__v = h.lookup(&__k); __v ? __v->a : 0; })
#define START(name, key) name##_start.lookup(key)
#define MAP h
#define TWICE(x) ((x) != 0 && (x) != (void *)1)
#define SAME(x) x

int kprobe__vfs_read(struct pt_regs *ctx)
{
	u32 k = 1;
	struct val *v = LOOK(h, &k);
	u64 *n = LOOK(a, &k), sum = LOOK(a, LOOK(h, &k)) ? 1 : 0;
	INC(a, 2);
	INC(d, bpf_log2l(sum));
	BUMP; BUMP;
	sum += GET(k) + GET(GET(5));
	n = START(read, &k);
	n = START(write, &k);
	v = MAP.lookup(&k);
	if (TWICE(h.lookup(&k)) || SAME(SAME(h.lookup(&k))))
		SAME(h.delete(&k));
	return v && n ? sum : 0;
}
