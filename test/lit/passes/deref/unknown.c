// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A pointer that can't be traced is read as the kernel's, with a remark under -v.
// RUN: %bcc2core emit --dump=unit -v %s 2>&1 | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core emit --dump=unit %s 2>%t.err
// RUN: %FileCheck --check-prefix=QUIET --allow-empty %s <%t.err
// QUIET-NOT: remark
#include <linux/fs.h>

static int first(void *p)
{
	// CHECK-DAG: :[[@LINE+2]]:9: remark: '*(int *)p' is read as kernel memory; {{.*}} [pointer-unknown]
	// CHECK-DAG: return b2c_deref((int *)p);
	return *(int *)p;
}

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	int local = 0;

	return first(&local) + first(file);
}
