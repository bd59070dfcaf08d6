// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// syscall__ and kprobe____x64_sys_ functions: the call is found on every
// kernel, and its arguments behind the second set of registers.
// RUN: %bcc2core check --dump=unit --passes=program,constant %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: program syscall__execve ksyscall target=execve self_attach line=
// CHECK: program kprobe____x64_sys_openat ksyscall target=openat self_attach line=
// CHECK: program kretprobe____x64_sys_openat kretsyscall target=openat self_attach line=
// CHECK: program syscall__mkdirat ksyscall target=mkdirat self_attach line=
// CHECK: program syscall__sync ksyscall target=sync self_attach line=
// CHECK: {{^}}SEC("ksyscall/execve")
// CHECK-NEXT: {{^}}int BPF_KSYSCALL(syscall__execve, const char *filename,
// CHECK-NEXT: const char *const *__argv,
// CHECK-NEXT: const char *const *__envp)
// CHECK: {{^}}SEC("ksyscall/openat")
// CHECK-NEXT: {{^}}int BPF_KSYSCALL(kprobe____x64_sys_openat, int dfd)
// CHECK: {{^}}SEC("kretsyscall/openat")
// CHECK-NEXT: {{^}}int kretprobe____x64_sys_openat(struct pt_regs *ctx)
// CHECK: {{^}}SEC("ksyscall/mkdirat")
// CHECK-NEXT: {{^}}int syscall__mkdirat(void *ctx)
// CHECK: {{^}}SEC("ksyscall/sync")
// CHECK-NEXT: {{^}}int syscall__sync(struct pt_regs *ctx)

int syscall__execve(struct pt_regs *ctx, const char __user *filename,
		    const char __user *const __user *__argv,
		    const char __user *const __user *__envp)
{
	return filename && __argv && __envp;
}

int kprobe____x64_sys_openat(struct pt_regs *ctx, int dfd)
{
	return dfd;
}

int kretprobe____x64_sys_openat(struct pt_regs *ctx)
{
	return PT_REGS_RC(ctx) < 0;
}

int syscall__mkdirat(void *ctx)
{
	return 0;
}

int syscall__sync(struct pt_regs *ctx)
{
	return 0;
}
