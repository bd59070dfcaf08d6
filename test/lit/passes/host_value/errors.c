// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Where C wants one number for all hosts there is none.
// RUN: %not %bcc2core object --arch arm64 %s -o %t.o 2>&1 | %FileCheck %s
// RUN: %bcc2core object --arch arm64 -D PAGE_SIZE=4096 -D HZ=250 -D CONFIG_HZ=250 %s -o %t.o
//
// CHECK: errors.c:[[@LINE+2]]:1: error: 'CONFIG_HZ' is a number of the host, and a condition wants a constant [host-value]
// CHECK: help: ask with 'if', or say -D CONFIG_HZ=...
#if defined(CONFIG_HZ) && CONFIG_HZ > 100
#define SLOW 1
#endif
// CHECK: errors.c:[[@LINE+1]]:1: error: 'CONFIG_HZ' is a number of the host
#if CONFIG_HZ > 1000
#define FAST 1
#endif

int kprobe__vfs_read(struct pt_regs *ctx)
{
	return 0;
}
