// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Flags of open(2), fcntl(2) and *at(2), for the architecture of the build.
// ARM: {{^}}#define O_DIRECTORY 00040000
// ARM: {{^}}#define O_DIRECT 00200000
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define AT_FDCWD -100
// CHECK-NEXT: #define F_SETLK 6
// CHECK-NEXT: #define F_SETLKW 7
// CHECK-NEXT: #define O_WRONLY 00000001
// CHECK-NEXT: #define O_RDWR 00000002
// CHECK-NEXT: #define O_ACCMODE 00000003
// CHECK-NEXT: #define O_CREAT 00000100
// CHECK-NEXT: #define O_EXCL 00000200
// CHECK-NEXT: #define O_TRUNC 00001000
// CHECK-NEXT: #define O_APPEND 00002000
// CHECK-NEXT: #define O_CLOEXEC 02000000
// CHECK-NEXT: #define O_DIRECT 00040000
// CHECK-NEXT: #define O_DIRECTORY 00200000
// CHECK: SEC("ksyscall/openat")
// CHECK-NEXT: int BPF_KSYSCALL(syscall__openat, int dfd, const char *name, int flags)
// CHECK: static __always_inline int writes(int flags)
// CHECK: SEC("ksyscall/open")
// CHECK-NEXT: int BPF_KSYSCALL(syscall__open, const char *name, int flags)
// CHECK: SEC("ksyscall/fcntl")
// CHECK-NEXT: int BPF_KSYSCALL(syscall__fcntl, int fd, int cmd, int flags)

// form: works
int syscall__openat(struct pt_regs *ctx, int dfd, const char __user *name, int flags)
{
	return flags & O_DIRECT && dfd == AT_FDCWD;
}

// form: nested
static int writes(int flags)
{
	return (flags & O_ACCMODE) == O_WRONLY || (flags & O_ACCMODE ? flags & (O_TRUNC | O_APPEND) : 0);
}

int syscall__open(struct pt_regs *ctx, const char __user *name, int flags)
{
	if (flags & O_CREAT && !(flags & O_EXCL))
		return writes(flags & ~O_CLOEXEC);
	return writes(O_RDWR);
}

// form: macro
#define IS_LOCK(cmd) ((cmd) == F_SETLK || (cmd) == F_SETLKW)
#define OPENS_DIR(flags) ((flags) & O_DIRECTORY)

int syscall__fcntl(struct pt_regs *ctx, int fd, int cmd, int flags)
{
	return IS_LOCK(cmd) && !OPENS_DIR(flags);
}
