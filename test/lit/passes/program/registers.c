// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Registers by the words of bcc and of libbpf, the sixth argument with old headers too.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
// RUN: %bcc2core object --arch arm64 %s -o %t.o
//
// CHECK: PT_REGS_PARM1(ctx) + PT_REGS_PARM6(ctx) + PT_REGS_PARM6_CORE(ctx)
// CHECK: PT_REGS_PARM6_SYSCALL(ctx) + PT_REGS_PARM6_CORE_SYSCALL(ctx)
// CHECK: PT_REGS_RC(ctx) + PT_REGS_IP(ctx) + PT_REGS_SP(ctx) + PT_REGS_FP(ctx)

int on_read(struct pt_regs *ctx)
{
	u64 n = PT_REGS_PARM1(ctx) + PT_REGS_PARM6(ctx) + PT_REGS_PARM6_CORE(ctx);

	n += PT_REGS_PARM6_SYSCALL(ctx) + PT_REGS_PARM6_CORE_SYSCALL(ctx);
	return n + PT_REGS_RC(ctx) + PT_REGS_IP(ctx) + PT_REGS_SP(ctx) + PT_REGS_FP(ctx);
}
