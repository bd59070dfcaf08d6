// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Families, levels, options and flags of sockets.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define AF_UNIX 1
// CHECK-NEXT: #define AF_INET 2
// CHECK-NEXT: #define AF_INET6 10
// CHECK-NEXT: #define AF_NETLINK 16
// CHECK-NEXT: #define AF_PACKET 17
// CHECK-NEXT: #define SO_REUSEADDR 2
// CHECK-NEXT: #define SO_REUSEPORT 15
// CHECK-NEXT: #define SOL_SOCKET 1
// CHECK-NEXT: #define SOL_TCP 6
// CHECK-NEXT: #define MSG_PEEK 0x2
// CHECK-NEXT: #define MSG_DONTWAIT 0x40
// CHECK: SEC("kprobe/tcp_close")
// CHECK-NEXT: int BPF_KPROBE(kprobe__tcp_close, struct sock *sk)
// CHECK: return BPF_CORE_READ(sk, __sk_common.skc_family) == AF_INET6;
// CHECK: static __always_inline int kind(u32 family)
// CHECK: SEC("ksyscall/setsockopt")
// CHECK-NEXT: int BPF_KSYSCALL(syscall__setsockopt, int fd, int level, int name)
// CHECK: SEC("ksyscall/recvfrom")
// CHECK-NEXT: int BPF_KSYSCALL(syscall__recvfrom, int fd, void *buf, u64 size, int flags)

// form: works
int kprobe__tcp_close(struct pt_regs *ctx, struct sock *sk)
{
	return sk->sk_family == AF_INET6;
}

// form: nested
static int kind(u32 family)
{
	return family == AF_UNIX ? 1 : family == AF_INET || family == AF_NETLINK ? 2 : 0;
}

int syscall__setsockopt(struct pt_regs *ctx, int fd, int level, int name)
{
	if (level == SOL_SOCKET && (name == SO_REUSEADDR || name == SO_REUSEPORT))
		return kind(AF_PACKET);
	return level == SOL_TCP;
}

// form: macro
#define IS_IP(family) ((family) == AF_INET || (family) == AF_INET6)
#define PEEKS(flags) ((flags) & (MSG_PEEK | MSG_DONTWAIT))

int syscall__recvfrom(struct pt_regs *ctx, int fd, void *buf, u64 size, int flags)
{
	return PEEKS(flags) && IS_IP(flags);
}
