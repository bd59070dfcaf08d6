// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Logarithms of what is no number.
// RUN: rm -f %t.o && %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s --implicit-check-not=error:
// RUN: test ! -e %t.o
struct pair {
	u64 a, b;
};

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct pair pair = {};

	// CHECK: log2-errors.c:[[@LINE+3]]:18: warning: incompatible pointer to integer conversion passing 'struct pair *' to parameter of type 'unsigned int' [clang-warning]
	// CHECK: log2-errors.c:[[@LINE+2]]:37: error: passing 'struct pair' to parameter of incompatible type 'unsigned long' [clang]
	// CHECK: log2-errors.c:[[@LINE+1]]:55: error: too few arguments to function call, single argument 'v' was not specified [clang]
	return bpf_log2(&pair) + bpf_log2l(pair) + bpf_log2l();
}
