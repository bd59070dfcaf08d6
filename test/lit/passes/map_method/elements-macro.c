// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Methods of elements that macros of the program write.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define PUT(m, k, v) b2c_update(&m, k, v, BPF_ANY, &h_full)
// CHECK-NEXT: #define NEW(m, k, v) (b2c_update(&m, k, v, BPF_NOEXIST, &h_full) == 0)
// CHECK: bpf_map_delete_elem(&m, k); \
// CHECK: #define COUNT(slot) b2c_atomic_increment(&counts, &slot, 1, &counts_full)
// CHECK-NEXT: #define ADD(slot, n) b2c_atomic_increment(&counts, &(u32){(slot)}, (n), &counts_full)
// CHECK-NEXT: #define TRY(m, k, v) b2c_lookup_or_init(&m, k, v, &h_full)
// CHECK-NEXT: #define INIT(m, k, v) b2c_lookup_or_return(&m, k, v, 0, &h_full)
// CHECK: SEC("kprobe/vfs_read")
struct val {
	u64 n;
};
BPF_HASH(h, u32, struct val);
BPF_HASH(counts, u32);

#define PUT(m, k, v) m.update(k, v)
#define NEW(m, k, v) (m.insert(k, v) == 0)
#define DROP(m, k) \
	do { \
		m.delete(k); \
	} while (0)
#define COUNT(slot) counts.atomic_increment(slot)
#define ADD(slot, n) counts.atomic_increment((slot), (n))
#define TRY(m, k, v) m.lookup_or_try_init(k, v)
#define INIT(m, k, v) m.lookup_or_init(k, v)

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct val zero = {}, *v;
	u32 key = 1;

	PUT(h, &key, &zero);
	if (NEW(h, &key, &zero))
		DROP(h, &key);
	COUNT(key);
	ADD(key + 1, 7);
	v = TRY(h, &key, &zero);
	if (v)
		v->n++;
	v = INIT(h, &key, &zero);
	v->n++;
	return 0;
}
