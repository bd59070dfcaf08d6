// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Bit-fields by libbpf's macros, which have variables p and val of their own.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/sched.h>

struct mine {
	unsigned flag : 3;
	struct mine *next;
};
BPF_HASH(counts, u64);

int kprobe__do_exit(struct pt_regs *ctx, struct mine *m)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	struct task_struct *p = task;
	u64 key;

	// CHECK: key = BPF_CORE_READ_BITFIELD_PROBED(task, in_execve);
	key = task->in_execve;
	// CHECK: key = b2c_core_read_bitfield(p, in_execve);
	key = p->in_execve;
	// CHECK: key = b2c_core_read_bitfield(BPF_CORE_READ(task, real_parent), in_execve);
	key = task->real_parent->in_execve;
	// CHECK: key = b2c_deref(m).flag + b2c_deref(BPF_PROBE_READ(m, next)).flag;
	key = m->flag + m->next->flag;
	counts.increment(key);
	return 0;
}

KFUNC_PROBE(vfs_read, struct file *file)
{
	struct task_struct *task = bpf_get_current_task_btf();

	// CHECK: return BPF_CORE_READ_BITFIELD(task, in_execve) + b2c_core_bitfield(task->real_parent, in_execve);
	return task->in_execve + task->real_parent->in_execve;
}
