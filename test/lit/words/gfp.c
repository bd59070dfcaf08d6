// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Flags of allocations whose value a release changed are the host's.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define __GFP_ATOMIC (LINUX_KERNEL_VERSION < KERNEL_VERSION(6, 3, 0) ? 0x200u : 0u)
// CHECK: #define GFP_ATOMIC (__GFP_HIGH | __GFP_ATOMIC | __GFP_KSWAPD_RECLAIM)
// CHECK: extern int LINUX_KERNEL_VERSION __kconfig;
// CHECK: return (flags & GFP_ATOMIC) == GFP_ATOMIC;
// CHECK: return flags & GFP_ATOMIC ? 1 : flags == (GFP_KERNEL | __GFP_ZERO);
// CHECK: #define WAITS(flags) (((flags) & GFP_KERNEL) == GFP_KERNEL)

// form: works
int kprobe____kmalloc(struct pt_regs *ctx, size_t size, gfp_t flags)
{
	return (flags & GFP_ATOMIC) == GFP_ATOMIC;
}

// form: nested
static int kind(gfp_t flags)
{
	return flags & GFP_ATOMIC ? 1 : flags == (GFP_KERNEL | __GFP_ZERO);
}

int kprobe____kmalloc_node(struct pt_regs *ctx, size_t size, gfp_t flags)
{
	return kind(flags);
}

// form: macro
#define WAITS(flags) (((flags) & GFP_KERNEL) == GFP_KERNEL)

int kprobe__kmalloc_trace(struct pt_regs *ctx, void *cache, gfp_t flags)
{
	return WAITS(flags) ? 1 : 0;
}
