// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Writes, and pointers that are both.
// RUN: %not %bcc2core emit --dump=unit %s 2>&1 | grep -v CHECK | %FileCheck %s
#include <linux/fs.h>

int kprobe__do_sys_open(struct pt_regs *ctx, struct file *file, const char __user *name, char *k)
{
	const char *both = name;

	// CHECK: :[[@LINE+2]]:2: error: 'file->f_flags' is kernel memory, which a BPF program can't write [kernel-write]
	// CHECK: help: copy what you need to a local variable or a map value
	file->f_flags = 3;
	// CHECK: :[[@LINE+1]]:2: error: 'file->f_inode->i_ino' is kernel memory, {{.*}} [kernel-write]
	file->f_inode->i_ino++;
	// CHECK: :[[@LINE+1]]:2: error: 'file->f_inode->i_ino' is kernel memory, {{.*}} [kernel-write]
	file->f_inode->i_ino |= 1;
	// CHECK: :[[@LINE+1]]:2: error: '*(char *)name' is user memory, {{.*}} [kernel-write]
	*(char *)name = 1;
	// CHECK: :[[@LINE+1]]:23: error: '&file->f_flags' is kernel memory, {{.*}} [kernel-write]
	__sync_fetch_and_add(&file->f_flags, 1);
	// CHECK: :[[@LINE+2]]:30: error: 'k' is kernel memory, which this call can't read [raw-deref]
	// CHECK: help: copy it to a local variable with bpf_probe_read_kernel first
	if (__builtin_memcmp("abc", k, 4))
		both = k;
	// CHECK: :[[@LINE+2]]:9: error: '*both' may be kernel or user memory [pointer-mixed]
	// CHECK: help: use one variable for kernel addresses and another for user addresses
	return *both;
}

KFUNC_PROBE(vfs_read, struct file *file)
{
	// CHECK: :[[@LINE+1]]:2: error: 'file->f_flags' is kernel memory, {{.*}} [kernel-write]
	file->f_flags = 1;
	return 0;
}
