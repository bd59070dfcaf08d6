// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Branches that are no statements; an option that is not known.
// RUN: %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s
//
// CHECK: branches.c:[[@LINE+2]]:1: error: 'LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)' is not the same on all kernels, and the branches are no statements [version-branch]
// CHECK: help: take one branch with -D LINUX_VERSION_CODE=...
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
typedef u32 number;
#else
typedef u64 number;
#endif

int kprobe__vfs_read(struct pt_regs *ctx)
{
	number n = 0;

// CHECK: branches.c:[[@LINE+2]]:1: warning: whether kernels have 'CONFIG_FROBNICATE' is not known: it is taken as not set [config-unknown]
// CHECK: help: say -D CONFIG_FROBNICATE=1 to have it set
#ifdef CONFIG_FROBNICATE
	n++;
#endif
	return n;
}
