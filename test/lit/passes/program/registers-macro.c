// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Registers of a sixth argument that macros of the program read.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: program kprobe__vfs_read kprobe target=vfs_read self_attach
// CHECK: SEC("kprobe/vfs_read")
#define SIXTH(ctx) ((u64)PT_REGS_PARM6(ctx))
#define SIXTH_CORE(regs) PT_REGS_PARM6_CORE(regs)
#define OF_CALL(regs) (PT_REGS_PARM6_SYSCALL(regs) + PT_REGS_PARM6_CORE_SYSCALL(regs))

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct pt_regs *inner = (struct pt_regs *)PT_REGS_PARM1(ctx);

	return SIXTH(ctx) + SIXTH_CORE(inner) > OF_CALL(ctx);
}
