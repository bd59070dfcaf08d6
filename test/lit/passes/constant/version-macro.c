// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// The host's version that macros of the program ask for.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: extern int LINUX_KERNEL_VERSION __kconfig;
// CHECK: #define SINCE(major, minor) (LINUX_KERNEL_VERSION >= KERNEL_VERSION(major, minor, 0))
// CHECK-NEXT: #define HOST LINUX_KERNEL_VERSION
// CHECK: SEC("kprobe/vfs_read")
#define SINCE(major, minor) (LINUX_VERSION_CODE >= KERNEL_VERSION(major, minor, 0))
#define HOST LINUX_VERSION_CODE

int kprobe__vfs_read(struct pt_regs *ctx)
{
	return SINCE(6, 1) ? HOST : SINCE(5, 15);
}
