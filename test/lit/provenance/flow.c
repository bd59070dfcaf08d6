// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Casts, arithmetic, ?:, statement expressions, out-parameters, integers.
// RUN: %bcc2core emit --dump=provenance %s | %FileCheck %s
#include <linux/fs.h>
#include <linux/sched.h>

struct outer {
	long pad;
	struct inode inner;
};
#define outer_of(p) ({ const void *b2c_p = (p); (struct outer *)((char *)b2c_p - 8); })

static void set(const char **out, const char *value)
{
	*out = value;
}

static struct task_struct *current_task(void)
{
	return (struct task_struct *)bpf_get_current_task();
}

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file, const char __user *name, u64 n)
{
	// CHECK: :[[@LINE+1]]: address: kernel
	u64 address = (u64)file + 8;
	// CHECK: :[[@LINE+1]]: inode: kernel
	struct inode *inode = (struct inode *)(address & ~7ULL);
	// CHECK: :[[@LINE+1]]: outer: kernel
	struct outer *outer = outer_of(inode);
	// CHECK: :[[@LINE+1]]: choice: kernel
	struct inode *choice = n ? inode : &outer->inner;
	// CHECK: :[[@LINE+1]]: comma: kernel
	struct inode *comma = (n++, choice);
	// CHECK: :[[@LINE+1]]: task: kernel
	struct task_struct *task = current_task();
	// CHECK: :[[@LINE+1]]: out: user
	const char *out;
	// CHECK: :[[@LINE+1]]: read: kernel
	struct dentry *read = NULL;
	// CHECK: :[[@LINE+1]]: argument: user
	const char *argument = NULL;
	// CHECK: :[[@LINE+1]]: moved: kernel
	struct file *moved = file;
	// CHECK: :[[@LINE+1]]: tagged: user
	const char *tagged = (const char __user *)file;
	// CHECK: :[[@LINE+1]]: both: mixed
	const char *both = n ? name : (const char *)file;
	// CHECK: :[[@LINE+1]]: flags: bpf
	u32 local = 0, *flags = &local;
	// CHECK: :[[@LINE+1]]: field: kernel
	unsigned int *field = &file->f_path.dentry->d_flags;

	// CHECK: :[[@LINE+1]]: computed: unknown
	const char *computed = (const char *)(n << 12);
	// CHECK: :[[@LINE+1]]: constant: none
	const char *constant = (const char *)4096;

	moved += 1;
	moved++;
	set(&out, name);
	bpf_probe_read(&read, sizeof(read), &file->f_path.dentry);
	bpf_probe_read_user(&argument, sizeof(argument), name);
	return comma && task && tagged && both && flags && field && computed && constant;
}

int kprobe__do_exit(struct pt_regs *ctx, struct pt_regs *saved)
{
	// The registers that the kernel saved are a process's.
	// CHECK: :[[@LINE+1]]: argument: user
	const char *argument = (const char *)PT_REGS_PARM1(saved);

	return argument != 0;
}
