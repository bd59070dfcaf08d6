// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A pointer that is replaced by one of its members, in a loop and in the head of one.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/fs.h>
#include <linux/sched.h>

BPF_HASH(seen, u64);

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	// CHECK: struct dentry *dentry = BPF_CORE_READ(file, f_path.dentry);
	struct dentry *dentry = file->f_path.dentry;
	u64 key = 0;
	int i;

#pragma unroll
	for (i = 0; i < 4; i++) {
		// CHECK: if (dentry == BPF_CORE_READ(dentry, d_parent))
		if (dentry == dentry->d_parent)
			break;
		// CHECK: dentry = BPF_CORE_READ(dentry, d_parent);
		dentry = dentry->d_parent;
		key++;
	}
	// CHECK: for (i = 0; i < 8 && BPF_CORE_READ(task, pid) > 1; i++, task = BPF_CORE_READ(task, real_parent))
	for (i = 0; i < 8 && task->pid > 1; i++, task = task->real_parent)
		// CHECK: key += BPF_CORE_READ(task, tgid);
		key += task->tgid;
	// CHECK: b2c_increment(&seen, &key, 1, &seen_full);
	seen.increment(key);
	return 0;
}
