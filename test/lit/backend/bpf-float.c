// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Floating point is an error where it is computed at run time.
// RUN: rm -f %t.o
// RUN: %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s
// RUN: test ! -e %t.o
int kprobe__vfs_read(struct pt_regs *ctx)
{
	u64 folded = 1.5 * 4;
	u64 n = bpf_ktime_get_ns();
	double share = n * 0.25;

	return share > folded;
}
// CHECK: bpf_float.bpf.c:{{[0-9]+}}:{{[0-9]+}}: error: BPF has no floating point [bpf-float]
// CHECK: help: count in a smaller unit, such as thousandths
