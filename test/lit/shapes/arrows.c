// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Local pointers, several arrows, and dots behind arrows.
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
	// CHECK: u64 key = BPF_CORE_READ(task, nsproxy, net_ns, ns.inum);
	u64 key = task->nsproxy->net_ns->ns.inum;

	// CHECK: key += BPF_CORE_READ(task, mm, arg_start) + BPF_CORE_READ(dentry, d_inode, i_sb, s_dev);
	key += task->mm->arg_start + dentry->d_inode->i_sb->s_dev;
	// CHECK: b2c_increment(&seen, &key, 1, &seen_full);
	seen.increment(key);
	return 0;
}
