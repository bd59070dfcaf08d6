// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A macro in its own argument is written out from the outside in; lists of macros, names of types.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define GET(m, k) ({ u32 key = k; u64 *v = bpf_map_lookup_elem(&m, &key); v ? *v : 0; })
// CHECK: SEC("kprobe/vfs_read")
// CHECK-NEXT: int BPF_KPROBE(kprobe__vfs_read, struct file *file) { b2c_increment(&h, &(u32){BPF_CORE_READ(file, f_flags) + GET(h, 1)}, 1, &h_full); return 0; } SEC("kprobe/vfs_write")
// CHECK-NEXT: int BPF_KPROBE(kprobe__vfs_write, struct file *file) { b2c_increment(&h, &(u32){BPF_CORE_READ(file, f_flags) + GET(h, 1)}, 1, &h_full); return 0; }
// CHECK: #define FIELD(p, f) (b2c_core_read(p, group_leader))
// CHECK: SEC("kprobe/finish_task_switch")
// CHECK-NEXT: int BPF_KPROBE(kprobe__finish_task_switch, struct task_struct *prev)
// CHECK: return (b2c_core_read(FIELD(prev, group_leader), pid)) + (BPF_CORE_READ(prev, se.vruntime));
BPF_HASH(h, u32, u64);

#define GET(m, k) ({ u32 key = k; u64 *v = m.lookup(&key); v ? *v : 0; })
#define EACH(X) X(read) X(write)
#define PROBE(n) \
	int kprobe__vfs_##n(struct pt_regs *ctx, struct file *file) \
	{ \
		h.increment(file->f_flags + GET(h, 1)); \
		return 0; \
	}
EACH(PROBE)

#define FIELD(p, f) ((p)->f)
#define NAMED(t, v) struct t##_struct *v

int kprobe__finish_task_switch(struct pt_regs *ctx, NAMED(task, prev))
{
	return FIELD(FIELD(prev, group_leader), pid) + FIELD(prev, se.vruntime);
}
