// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Registers of what are no registers.
// RUN: rm -f %t.o && %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s --implicit-check-not=error:
// RUN: test ! -e %t.o
int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct file *file = (struct file *)PT_REGS_PARM1(ctx);
	// CHECK: registers-errors.c:[[@LINE+2]]:12: error: member reference type 'int' is not a pointer [clang]
	// CHECK: registers-errors.c:[[@LINE+1]]:31: error: member reference type 'int' is not a pointer [clang]
	u64 sum = PT_REGS_PARM6(1) + PT_REGS_PARM6_SYSCALL(5);

	// CHECK: registers-errors.c:[[@LINE+2]]:15: error: member reference type 'u64' (aka 'unsigned long long') is not a pointer [clang]
	// CHECK: registers-errors.c:[[@LINE+1]]:41: error: expected expression [clang]
	return sum + PT_REGS_PARM6_CORE(sum) + PT_REGS_PARM6_CORE_SYSCALL();
}
