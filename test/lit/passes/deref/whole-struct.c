// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A kernel struct as a value is one read, with a warning.
// RUN: %bcc2core emit --dump=unit %s 2>&1 | grep -v CHECK | %FileCheck %s
#include <linux/fs.h>

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	// CHECK-DAG: :[[@LINE+2]]:21: warning: 'file->f_path.dentry->d_name' is copied as a whole, {{.*}} [whole-struct]
	// CHECK-DAG: struct qstr name = BPF_CORE_READ(file, f_path.dentry, d_name);
	struct qstr name = file->f_path.dentry->d_name;

	// CHECK-DAG: return name.len + b2c_deref(name.name);
	return name.len + *name.name;
}
