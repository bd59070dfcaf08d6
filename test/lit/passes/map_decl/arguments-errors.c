// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Macros that take one number of arguments, with more.
// RUN: rm -f %t.o && %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s --implicit-check-not=error:
// RUN: test ! -e %t.o
//
// CHECK: arguments-errors.c:[[@LINE+1]]:1: error: 'BPF_SK_STORAGE' takes 2 arguments, not 3 [map-arguments]
BPF_SK_STORAGE(of_sk, u64, 8);
// CHECK: arguments-errors.c:[[@LINE+1]]:1: error: 'BPF_INODE_STORAGE' takes 2 arguments, not 3 [map-arguments]
BPF_INODE_STORAGE(of_inode, u64, 8);
// CHECK: arguments-errors.c:[[@LINE+1]]:1: error: 'BPF_PERCPU_CGROUP_STORAGE' takes 2 arguments, not 3 [map-arguments]
BPF_PERCPU_CGROUP_STORAGE(of_cgroup, u64, 8);
// CHECK: arguments-errors.c:[[@LINE+1]]:1: error: 'BPF_RINGBUF_OUTPUT' takes 2 arguments, not 3 [map-arguments]
BPF_RINGBUF_OUTPUT(ring, 8, 0);
// CHECK: arguments-errors.c:[[@LINE+1]]:1: error: 'BPF_STACK_TRACE_BUILDID' takes 2 arguments, not 3 [map-arguments]
BPF_STACK_TRACE_BUILDID(traces, 8, 0);
// CHECK: arguments-errors.c:[[@LINE+1]]:1: error: 'BPF_QUEUESTACK_SHARED' takes 5 arguments, not 6 [map-arguments]
BPF_QUEUESTACK_SHARED("queue", shared_queue, u32, 8, 0, 0);

int f(struct pt_regs *ctx)
{
	return 0;
}
