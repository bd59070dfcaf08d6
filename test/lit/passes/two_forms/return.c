// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A kretprobe's result is a parameter of what both forms share; fexit finds it behind the arguments.
// RUN: %bare-bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bare-bcc2core object %s -o %t.o
//
// CHECK: program kretprobe__vfs_read kretprobe target=vfs_read self_attach
// CHECK-NEXT: program kretprobe__vfs_read_fexit fexit target=vfs_read self_attach line={{[0-9]+}}
// CHECK-NEXT: argument kretprobe__vfs_read_result position=4: return
// CHECK: program kretprobe__vfs_write_fexit fexit
// CHECK-NOT: argument
// CHECK: source:
// CHECK: const volatile unsigned int kretprobe__vfs_read_result = 4;
// CHECK: static __always_inline int handle_kretprobe__vfs_read(void *ctx, unsigned long result_)
// CHECK: long result = result_;
// CHECK: if ((int)result_ > 0)
// CHECK: SEC("?fexit/vfs_read")
// CHECK-NEXT: int kretprobe__vfs_read_fexit(unsigned long long *ctx)
// CHECK-NEXT: {
// CHECK-NEXT: handle_kretprobe__vfs_read(ctx, b2c_traced_argument(ctx, kretprobe__vfs_read_result));
// CHECK-NEXT: return 0;
// CHECK-NEXT: }
// CHECK-EMPTY:
// CHECK-NEXT: SEC("kretprobe/vfs_read")
// CHECK-NEXT: int kretprobe__vfs_read(struct pt_regs *ctx)
// CHECK-NEXT: {
// CHECK-NEXT: return handle_kretprobe__vfs_read(ctx, PT_REGS_RC(ctx));
// CHECK-NEXT: }
// CHECK: int handle_kretprobe__vfs_write(void *ctx)
// CHECK: SEC("?fexit/vfs_write")
#include <uapi/linux/ptrace.h>

BPF_HASH(counts, u32, u64);

int kretprobe__vfs_read(struct pt_regs *ctx)
{
	long result = PT_REGS_RC(ctx);
	u32 key = 0;

	if ((int)PT_REGS_RC(ctx) > 0)
		counts.increment(key, result);
	return 0;
}

int kretprobe__vfs_write(struct pt_regs *ctx, int unused)
{
	u32 key = 1;

	counts.increment(key);
	return 0;
}
