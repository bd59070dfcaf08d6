// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Flags of allocations whose value a release changed are the host's.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define __GFP_ATOMIC (LINUX_KERNEL_VERSION < KERNEL_VERSION(6, 3, 0) ? 0x200u : 0u)
// CHECK: #define GFP_ATOMIC (__GFP_HIGH | __GFP_ATOMIC | __GFP_KSWAPD_RECLAIM)
// CHECK: extern int LINUX_KERNEL_VERSION __kconfig;
// CHECK: return (flags & GFP_ATOMIC) == GFP_ATOMIC;
int kprobe____kmalloc(struct pt_regs *ctx, size_t size, gfp_t flags)
{
	return (flags & GFP_ATOMIC) == GFP_ATOMIC;
}
