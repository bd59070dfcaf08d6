// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Names with the prefix that system calls have on some kernel: bcc puts the host's in its place.
// RUN: %bcc2core check --dump=unit --passes=program,constant %s 2>%t.log | %FileCheck %s
// RUN: %FileCheck %s --check-prefix=LOG --implicit-check-not=warning: <%t.log
// RUN: %bcc2core object %s -o %t.o
// RUN: %bcc2core object --arch arm64 %s -o %t.o
// RUN: %bcc2core check --arch arm64 --dump=unit --passes=program,constant %s 2>/dev/null | %FileCheck %s
//
// CHECK: program kprobe__sys_clone ksyscall target=clone self_attach line=
// CHECK: program kretprobe__sys_clone kretsyscall target=clone self_attach line=
// CHECK: program kprobe____arm64_sys_sync ksyscall target=sync self_attach line=
// CHECK: program kprobe____ia32_compat_sys_openat ksyscall target=openat self_attach line=
// CHECK: program kprobe__sys_kill ksyscall target=kill self_attach line=
// CHECK: program kprobe__sys_copyarea kprobe target=sys_copyarea self_attach line=
// CHECK: {{^}}SEC("ksyscall/clone")
// CHECK-NEXT: {{^}}int kprobe__sys_clone(void *ctx)
// CHECK: {{^}}SEC("kretsyscall/clone")
// CHECK-NEXT: {{^}}int kretprobe__sys_clone(struct pt_regs *ctx)
// CHECK: {{^}}SEC("ksyscall/kill")
// CHECK-NEXT: {{^}}int BPF_KSYSCALL(kprobe__sys_kill, int pid, int sig)
// CHECK: {{^}}SEC("kprobe/sys_copyarea")

int kprobe__sys_clone(void *ctx)
{
	bpf_trace_printk("Hello, World!\n");
	return 0;
}

int kretprobe__sys_clone(struct pt_regs *ctx)
{
	return PT_REGS_RC(ctx) < 0;
}

int kprobe____arm64_sys_sync(struct pt_regs *ctx)
{
	return 0;
}

int kprobe____ia32_compat_sys_openat(struct pt_regs *ctx)
{
	return 0;
}

// LOG: syscall-names.c:[[@LINE+2]]:43: warning: 'pid' has the arguments of the system call, where bcc has what the registers of its wrapper hold [syscall-arguments]
// LOG: help: call it 'syscall__kill', which bcc reads so too
int kprobe__sys_kill(struct pt_regs *ctx, int pid, int sig)
{
	return pid == sig;
}

int kprobe__sys_copyarea(struct pt_regs *ctx)
{
	return 0;
}
