// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Registers of a sixth argument inside conditions, other macros and called functions.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define min(x, y) \
// CHECK-NEXT: ({ \
// CHECK-NEXT: __auto_type __min_x = (x); \
// CHECK-NEXT: __auto_type __min_y = (y); \
// CHECK-NEXT: __min_x < __min_y ? __min_x : __min_y; \
// CHECK-NEXT: })
// CHECK: static __always_inline long sixth(struct pt_regs *regs)
// CHECK: static __always_inline long of_syscall(struct pt_regs *regs)
// CHECK: SEC("kprobe/vfs_read")
static long sixth(struct pt_regs *regs)
{
	return PT_REGS_PARM6(regs) ? PT_REGS_PARM6(regs) : PT_REGS_PARM1(regs);
}

static long of_syscall(struct pt_regs *regs)
{
	return min((long)PT_REGS_PARM6_CORE_SYSCALL(regs), (long)PT_REGS_PARM6_CORE(regs));
}

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct pt_regs *inner = (struct pt_regs *)PT_REGS_PARM1(ctx);

	for (int i = 0; i < 2; i++)
		if (sixth(ctx) > PT_REGS_PARM6_SYSCALL(ctx))
			return of_syscall(inner);
	return 0;
}
