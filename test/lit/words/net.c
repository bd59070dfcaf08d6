// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Casts and accessors of the network.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define ntohs(x) bpf_ntohs(x)
// CHECK-NEXT: #define ntohl(x) bpf_ntohl(x)
// CHECK-NEXT: #define htonl(x) bpf_htonl(x)
// CHECK-NEXT: #define inet_sk(ptr) ((struct inet_sock *)(ptr))
// CHECK-NEXT: #define tcp_sk(ptr) ((struct tcp_sock *)(ptr))
// CHECK: static __always_inline struct net *sock_net(const struct sock *sk)
// CHECK: return BPF_CORE_READ(sk, __sk_common.skc_net.net);
// CHECK: SEC("kprobe/tcp_close")
// CHECK-NEXT: int BPF_KPROBE(kprobe__tcp_close, struct sock *sk)
// CHECK: return ntohs(BPF_CORE_READ(inet_sk(sk), inet_sport));
// CHECK: static __always_inline u32 sent(struct sock *sk)
// CHECK: return BPF_CORE_READ(tcp_sk(sk), snd_una) ? BPF_CORE_READ(tcp_sk(sk), bytes_acked) : BPF_CORE_READ(sock_net(sk), ns.inum);
// CHECK: SEC("kprobe/tcp_sendmsg")
// CHECK-NEXT: int BPF_KPROBE(kprobe__tcp_sendmsg, struct sock *sk)
// CHECK: if (ntohl(BPF_CORE_READ(inet_sk(sk), inet_saddr)) > htonl(i))
// CHECK: #define PORT(sk) ntohs(BPF_CORE_READ(inet_sk(sk), sk.__sk_common.skc_dport))
// CHECK-NEXT: #define NAMESPACE(sk) b2c_core_read(sock_net(sk), ns.inum)
// CHECK: SEC("kprobe/tcp_cleanup_rbuf")
// CHECK-NEXT: int BPF_KPROBE(kprobe__tcp_cleanup_rbuf, struct sock *sk)

// form: works
int kprobe__tcp_close(struct pt_regs *ctx, struct sock *sk)
{
	return ntohs(inet_sk(sk)->inet_sport);
}

// form: nested
static u32 sent(struct sock *sk)
{
	return tcp_sk(sk)->snd_una ? tcp_sk(sk)->bytes_acked : sock_net(sk)->ns.inum;
}

int kprobe__tcp_sendmsg(struct pt_regs *ctx, struct sock *sk)
{
	for (int i = 0; i < 2; i++)
		if (ntohl(inet_sk(sk)->inet_saddr) > htonl(i))
			return sent(sk);
	return 0;
}

// form: macro
#define PORT(sk) ntohs(inet_sk(sk)->inet_dport)
#define NAMESPACE(sk) sock_net(sk)->ns.inum

int kprobe__tcp_cleanup_rbuf(struct pt_regs *ctx, struct sock *sk)
{
	return PORT(sk) + NAMESPACE(sk);
}
