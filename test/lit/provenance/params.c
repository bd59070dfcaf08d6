// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Parameters by the kind of program; helper functions join their callers.
// RUN: %bcc2core emit --dump=provenance %s | %FileCheck %s
#include <linux/fs.h>
#include <linux/sched.h>

// CHECK: :[[@LINE+1]]: file: kernel
static u32 kernel_only(struct file *file)
{
	return file->f_flags;
}

// CHECK: :[[@LINE+1]]: p: unknown
static int both(void *p)
{
	return p != 0;
}

// CHECK: :[[@LINE+1]]: p: mixed
static int all(const char *p)
{
	return p != 0;
}

// CHECK: :[[@LINE+1]]: p: bpf
static int ours(int *p)
{
	return *p;
}

// CHECK: :[[@LINE+1]]: file: none
static u32 unused(struct file *file)
{
	return file->f_flags;
}

// CHECK: :[[@LINE+1]]: next: kernel
static struct dentry *walk(struct dentry *next, int depth)
{
	return depth ? walk(next->d_parent, depth - 1) : next;
}

// CHECK: :[[@LINE+2]]: ctx: context
// CHECK: :[[@LINE+1]]: file: kernel
int kprobe__vfs_read(struct pt_regs *ctx, struct file *file, int n)
{
	int x = 0;
	// CHECK: :[[@LINE+1]]: d: kernel
	struct dentry *d = walk(file->f_path.dentry, 3);

	return kernel_only(file) + both(file) + both(&x) + all((char *)file) + ours(&x) + (d != 0);
}

// CHECK: :[[@LINE+2]]: ctx: context
// CHECK: :[[@LINE+1]]: name: user
int syscall__openat(struct pt_regs *ctx, int dfd, const char *name)
{
	// CHECK: :[[@LINE+1]]: same: user
	const char *same = (const char *)PT_REGS_PARM2(ctx);

	return all(name) + (same != 0);
}

int kretprobe__vfs_open(struct pt_regs *ctx)
{
	// CHECK: :[[@LINE+1]]: result: kernel
	struct file *result = (struct file *)PT_REGS_RC(ctx);

	return kernel_only(result);
}

// CHECK: :[[@LINE+3]]: ctx: context
// CHECK: :[[@LINE+2]]: file: typed
// CHECK: :[[@LINE+1]]: buf: kernel
KFUNC_PROBE(vfs_write, struct file *file, const char *buf)
{
	// CHECK: :[[@LINE+1]]: inode: typed
	struct inode *inode = file->f_inode;
	// CHECK: :[[@LINE+1]]: name: kernel
	const unsigned char *name = file->f_path.dentry->d_name.name;
	// CHECK: :[[@LINE+1]]: other: kernel
	struct dentry *other = (struct dentry *)inode;

	return buf != 0 && name && other;
}

RAW_TRACEPOINT_PROBE(sched_switch)
{
	// CHECK: :[[@LINE+1]]: prev: kernel
	struct task_struct *prev = (struct task_struct *)ctx->args[1];

	return prev->pid;
}

TRACEPOINT_PROBE(skb, kfree_skb)
{
	// CHECK: :[[@LINE+1]]: skb: kernel
	void *skb = args->skbaddr;

	return skb != 0;
}

TRACEPOINT_PROBE(syscalls, sys_enter_openat)
{
	// CHECK: :[[@LINE+1]]: name: user
	const char *name = args->filename;

	return name != 0;
}
