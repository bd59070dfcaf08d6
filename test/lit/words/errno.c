// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Numbers of errors.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define EPERM 1
// CHECK-NEXT: #define ENOENT 2
// CHECK-NEXT: #define EINTR 4
// CHECK-NEXT: #define EIO 5
// CHECK-NEXT: #define EAGAIN 11
// CHECK-NEXT: #define ENOSPC 28
// CHECK-NEXT: #define EPIPE 32
// CHECK-NEXT: #define EDQUOT 122
// CHECK-NEXT: #define ERESTARTSYS 512
// CHECK: SEC("kretprobe/vfs_read")
// CHECK: static __always_inline int retries(long ret)
// CHECK: SEC("kretprobe/vfs_write")
// CHECK: SEC("kretprobe/vfs_fsync")

// form: works
int kretprobe__vfs_read(struct pt_regs *ctx)
{
	return PT_REGS_RC(ctx) == -EAGAIN;
}

// form: nested
static int retries(long ret)
{
	return ret == -EINTR ? 1 : ret < 0 && (ret != -ENOENT || -ret > ERESTARTSYS);
}

int kretprobe__vfs_write(struct pt_regs *ctx)
{
	switch (PT_REGS_RC(ctx)) {
	case -EIO ... -EPERM:
		return retries(-EPIPE);
	}
	return 0;
}

// form: macro
#define FULL(ret) ((ret) == -ENOSPC || (ret) == -EDQUOT)

int kretprobe__vfs_fsync(struct pt_regs *ctx)
{
	return FULL(PT_REGS_RC(ctx));
}
