// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// The pass alone replaces the helper's name and nothing else.
// RUN: %bcc2core emit --dump=unit --passes=probe_read %s | grep -v CHECK | %FileCheck %s
#include <linux/fs.h>

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	u32 flags = 0;

	// CHECK: bpf_probe_read_kernel(&flags, sizeof(flags), &file->f_path.dentry->d_flags);
	bpf_probe_read(&flags, sizeof(flags), &file->f_path.dentry->d_flags);
	return flags;
}
