// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// In a macro's body, when its uses agree.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/fs.h>

// CHECK: #define COPY(to, from) bpf_probe_read_kernel(&to, sizeof(to), &(from))
#define COPY(to, from) bpf_probe_read(&to, sizeof(to), &(from))

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	u32 flags = 0, parent = 0;

	// CHECK: COPY(flags, file->f_flags);
	COPY(flags, file->f_flags);
	// CHECK: COPY(parent, BPF_CORE_READ(file, f_path.dentry, d_parent)->d_flags);
	COPY(parent, file->f_path.dentry->d_parent->d_flags);
	return flags + parent;
}
