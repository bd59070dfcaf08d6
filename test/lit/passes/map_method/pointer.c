// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Maps by pointer: the map keeps the tag that the program names, and its methods
// work through parameters and variables. The types of its elements have names too.
// RUN: %bcc2core check --dump=unit --passes=map_decl,map_method,deref %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
// RUN: %bcc2core check --dump=unit --fix=all --passes=map_method %s | %FileCheck %s --check-prefix=FIX
// RUN: %bcc2core object --fix=all %s -o %t.o
//
// FIX: b2c_atomic_increment(m, &key, 1, &h_full);
// FIX: u64 *w = b2c_lookup_or_scratch(m, &k, &v, &h_scratch, &h_full);
// CHECK: source:
// CHECK: struct h_table_t {
// CHECK-NEXT: __uint(type, BPF_MAP_TYPE_HASH);
// CHECK: } h SEC(".maps");
// CHECK: {{^}}struct {
// CHECK-NEXT: __uint(type, BPF_MAP_TYPE_HASH);
// CHECK: } files SEC(".maps");
// CHECK: static void count(struct h_table_t *m, u32 key)
// CHECK: u64 *v = bpf_map_lookup_elem(m, &key);
// CHECK: b2c_increment(m, &key, 1, &h_full);
// CHECK: struct h_table_t *m = &h;
// CHECK: typeof((*h.key)) k = 1;
// CHECK: typeof((*m->value)) v = 2;
// CHECK: b2c_update(m, &k, &v, BPF_ANY, &h_full);
// CHECK: bpf_map_delete_elem(&*m, &k);
// CHECK: u64 *w = b2c_lookup_or_return(m, &k, &v, 0, &h_full);
// CHECK: count(&h, k);
// CHECK: struct kept_table_t *by_pointer = &kept;
// CHECK: struct file **saved = bpf_map_lookup_elem(by_pointer, &k);
// CHECK: return saved ? BPF_CORE_READ(*saved, f_pos) : 0;

BPF_HASH(h, u32);
BPF_HASH(files, u32);
BPF_HASH(kept, u32, struct file *);

static void count(struct h_table_t *m, u32 key)
{
	u64 *v = m->lookup(&key);

	if (v)
		m->increment(key);
}

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	struct h_table_t *m = &h;
	typeof(h.key) k = 1;
	typeof(m->leaf) v = 2;

	m->update(&k, &v);
	(*m).delete(&k);
	u64 *w = m->lookup_or_init(&k, &v);

	*w += 1;
	count(&h, k);
	files.increment(k);
	kept.update(&k, &file);
	struct kept_table_t *by_pointer = &kept;
	struct file **saved = by_pointer->lookup(&k);

	return saved ? (*saved)->f_pos : 0;
}
