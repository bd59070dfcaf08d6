// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Macros that take more arguments than they are given.
// RUN: rm -f %t.o && %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s --implicit-check-not=error:
// RUN: test ! -e %t.o
//
// CHECK: few-errors.c:[[@LINE+1]]:1: error: 'BPF_HASH' takes 1 to 4 arguments, not 0 [map-arguments]
BPF_HASH();
// CHECK: few-errors.c:[[@LINE+1]]:1: error: 'BPF_TABLE' takes 5 arguments, not 4 [map-arguments]
BPF_TABLE("hash", u32, u64, table);
// CHECK: few-errors.c:[[@LINE+1]]:1: error: 'BPF_SK_STORAGE' takes 2 arguments, not 1 [map-arguments]
BPF_SK_STORAGE(of_sk);
// CHECK: few-errors.c:[[@LINE+1]]:1: error: 'BPF_RINGBUF_OUTPUT' takes 2 arguments, not 1 [map-arguments]
BPF_RINGBUF_OUTPUT(ring);
// CHECK: few-errors.c:[[@LINE+1]]:1: error: 'BPF_QUEUE' takes 3 to 4 arguments, not 2 [map-arguments]
BPF_QUEUE(fifo, u32);

int f(struct pt_regs *ctx)
{
	return 0;
}
