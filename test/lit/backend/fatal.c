// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// What ends LLVM's back end is an error with a place, and ends nothing of ours.
// RUN: rm -f %t.o
// RUN: %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s --implicit-check-not=LLVM --implicit-check-not=0x
// RUN: test ! -e %t.o
BPF_ARRAY(values, u64, 1);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	int zero = 0;
	u64 *value = values.lookup(&zero);

	if (value)
		__sync_fetch_and_nand(value, 3);
	return 0;
}
// CHECK: fatal.bpf.c:{{[0-9]+}}:{{[0-9]+}}: error: LLVM has no BPF instruction for this operation [bpf-operation]
