// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// The host's version in expressions, branches and called functions.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define min(x, y) \
// CHECK-NEXT: ({ \
// CHECK-NEXT: __auto_type __min_x = (x); \
// CHECK-NEXT: __auto_type __min_y = (y); \
// CHECK-NEXT: __min_x < __min_y ? __min_x : __min_y; \
// CHECK-NEXT: })
// CHECK: extern int LINUX_KERNEL_VERSION __kconfig;
// CHECK: static __always_inline int is_new(int of)
// CHECK: return of ? LINUX_KERNEL_VERSION >= KERNEL_VERSION(6, 1, 0) : LINUX_KERNEL_VERSION >> 16 > 5;
// CHECK: SEC("kprobe/vfs_read")
// CHECK: if (!is_new(i) && LINUX_KERNEL_VERSION != KERNEL_VERSION(5, 15, 0))
// CHECK-NEXT: return min(LINUX_KERNEL_VERSION, 7);
static int is_new(int of)
{
	return of ? LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0) : LINUX_VERSION_CODE >> 16 > 5;
}

int kprobe__vfs_read(struct pt_regs *ctx)
{
	for (int i = 0; i < 2; i++)
		if (!is_new(i) && LINUX_VERSION_CODE != KERNEL_VERSION(5, 15, 0))
			return min(LINUX_VERSION_CODE, 7);
	return 0;
}
