// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A signed division that could not be written as an unsigned one.
// RUN: rm -f %t.o
// RUN: %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s
// RUN: test ! -e %t.o
BPF_ARRAY(values, s64, 1);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	int zero = 0;
	s64 *v = values.lookup(&zero);

	if (v)
		*v /= 10;
	return 0;
}
// CHECK: bpf_division.bpf.c:{{[0-9]+}}:{{[0-9]+}}: error: BPF has no signed division [bpf-division]
// CHECK: help: cast both sides to u64 where they can't be negative
