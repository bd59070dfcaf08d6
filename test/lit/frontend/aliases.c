// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Macros of kernel headers that stand for members and tags are written out; a name
// that the program has itself is left alone.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: u8 sk_family;
// CHECK: event.sk_family = BPF_CORE_READ(sk, __sk_common.skc_state);
// CHECK: sk->__sk_common.skc_v6_daddr.in6_u.u6_addr32
// CHECK: BPF_CORE_READ((struct inet_sock *)sk, sk.__sk_common.skc_dport)
// CHECK: sizeof(struct __kernel_sockaddr_storage)
// CHECK: BPF_CORE_READ_USER((struct __kernel_old_timespec *)time, tv_nsec)
#include <net/sock.h>

struct event {
	u8 sk_family;
};

int kprobe__tcp_close(struct pt_regs *ctx, struct sock *sk)
{
	struct event event = {};
	u32 words[4];

	event.sk_family = sk->sk_state;
	bpf_probe_read_kernel(&words, sizeof(words), sk->sk_v6_daddr.s6_addr32);
	return event.sk_family + ((struct inet_sock *)sk)->inet_dport + words[0] +
	       sizeof(struct sockaddr_storage);
}

int kprobe__do_nanosleep(struct pt_regs *ctx)
{
	void __user *time = (void __user *)PT_REGS_PARM1(ctx);

	return ((struct timespec *)time)->tv_nsec;
}
