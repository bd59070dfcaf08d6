// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Families of protocols; PF_ of tasks stays what it is.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define PF_UNIX AF_UNIX
// CHECK-NEXT: #define PF_INET AF_INET
// CHECK-NEXT: #define PF_INET6 AF_INET6
// CHECK-NEXT: #define PF_NETLINK AF_NETLINK
// CHECK-NEXT: #define PF_PACKET AF_PACKET
// CHECK-NEXT: #define PF_VSOCK AF_VSOCK
// CHECK-NEXT: #define PF_MAX AF_MAX
// CHECK-NEXT: #define PF_KTHREAD 0x00200000
// CHECK-NEXT: #define AF_UNIX 1
// CHECK-NEXT: #define AF_INET 2
// CHECK-NEXT: #define AF_INET6 10
// CHECK-NEXT: #define AF_NETLINK 16
// CHECK-NEXT: #define AF_PACKET 17
// CHECK-NEXT: #define AF_VSOCK 40
// CHECK-NEXT: #define AF_MAX 46
// CHECK: SEC("ksyscall/socket")
// CHECK-NEXT: int BPF_KSYSCALL(syscall__socket, int family, int type)
// CHECK: static __always_inline int of(struct task_struct *task, int family)
// CHECK: return BPF_CORE_READ(task, flags) & PF_KTHREAD ? 0 : family == PF_PACKET || (family > PF_INET && family != PF_INET6);
// CHECK: SEC("ksyscall/socketpair")
// CHECK-NEXT: int BPF_KSYSCALL(syscall__socketpair, int family, int type)
// CHECK: SEC("kprobe/sock_create")
// CHECK-NEXT: int BPF_KPROBE(kprobe__sock_create, int family)

// form: works
int syscall__socket(struct pt_regs *ctx, int family, int type)
{
	return family == PF_NETLINK;
}

// form: nested
static int of(struct task_struct *task, int family)
{
	return task->flags & PF_KTHREAD ? 0 : family == PF_PACKET || (family > PF_INET && family != PF_INET6);
}

int syscall__socketpair(struct pt_regs *ctx, int family, int type)
{
	if (family != PF_UNIX)
		return of((struct task_struct *)bpf_get_current_task(), family);
	return 0;
}

// form: macro
#define IS_LAST(family) ((family) == PF_MAX)
#define IS(family, name) ((family) == PF_##name)

int kprobe__sock_create(struct pt_regs *ctx, int family)
{
	return IS(family, VSOCK) || IS_LAST(family);
}
