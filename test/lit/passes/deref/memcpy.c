// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// The compiler makes plain loads of memcpy: from kernel and user memory it is a probe read.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/fs.h>

int kprobe__do_sys_open(struct pt_regs *ctx, int dfd, const char __user *name, struct file *file)
{
	char a[8], b[8];

	// CHECK: bpf_probe_read_user(a, sizeof(a), name);
	__builtin_memcpy(a, name, sizeof(a));
	// CHECK: bpf_probe_read_kernel(&b, 8, &BPF_CORE_READ(file, f_path.dentry)->d_flags);
	__builtin_memcpy(&b, &file->f_path.dentry->d_flags, 8);
	// CHECK: __builtin_memcpy(a, b, 8);
	__builtin_memcpy(a, b, 8);
	return a[0];
}
