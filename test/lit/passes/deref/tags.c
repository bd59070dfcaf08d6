// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A function or a map may be called as a record of the kernel, which stays what it is.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/fs.h>
#include <linux/pid_namespace.h>

BPF_HASH(super_block, u32, u64);

static unsigned int pid_namespace(struct task_struct *task)
{
	// CHECK: return BPF_CORE_READ(task, thread_pid, numbers[0].ns, ns.inum);
	return task->thread_pid->numbers[0].ns->ns.inum;
}

int kprobe__vfs_fsync(struct pt_regs *ctx, struct file *file)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	u32 key = pid_namespace(task);
	// CHECK: u64 device = BPF_CORE_READ(file, f_inode, i_sb, s_dev);
	u64 device = file->f_inode->i_sb->s_dev;

	super_block.update(&key, &device);
	return 0;
}
