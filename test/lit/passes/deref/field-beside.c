// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Bytes beside a member are read by the names of what they are: on the oldest kernel that has the
// member, or on one before it (data/beside.def). Where others have something else it is told.
// RUN: %bcc2core emit %s -o %t 2>%t.err && %FileCheck %s --input-file=%t/field_beside.bpf.c
// RUN: %FileCheck %s --check-prefix=TOLD --input-file=%t.err --implicit-check-not=warning
#include <net/inet_sock.h>

// CHECK: static __always_inline unsigned char inet_sock_rcv_tos_minus_2(const struct inet_sock *inet_sock)
// CHECK-NEXT: {
// CHECK-NEXT: return inet_sock_recverr(inet_sock) |
// CHECK-NEXT: (unsigned char)inet_sock_is_icsk(inet_sock) << 1 |
// CHECK-NEXT: (unsigned char)inet_sock_freebind(inet_sock) << 2 |
// CHECK-NEXT: (unsigned char)inet_sock_hdrincl(inet_sock) << 3 |
// CHECK: static __always_inline unsigned char sock___sk_common_skc_bound_dev_if_minus_1(const struct sock *sock)
// CHECK-NEXT: {
// CHECK-NEXT: return BPF_CORE_READ_BITFIELD_PROBED(sock, __sk_common.skc_reuse) |
// CHECK-NEXT: (unsigned char)BPF_CORE_READ_BITFIELD_PROBED(sock, __sk_common.skc_reuseport) << 4 |
// CHECK-NEXT: (unsigned char)BPF_CORE_READ_BITFIELD_PROBED(sock, __sk_common.skc_ipv6only) << 5 |
// CHECK-NEXT: (unsigned char)BPF_CORE_READ_BITFIELD_PROBED(sock, __sk_common.skc_net_refcnt) << 6;
// CHECK: /* struct sock: what 5.5 has 3 bytes before sk_gso_max_segs */
// CHECK-NEXT: static __always_inline unsigned char sock_sk_gso_max_segs_minus_3(const struct sock *sock)
// CHECK-NEXT: {
// CHECK-NEXT: return BPF_CORE_READ(sock, sk_protocol) & 255;

int kprobe__inet_listen(struct pt_regs *ctx, struct socket *sock)
{
	struct inet_sock *inet = inet_sk(sock->sk);
	struct sock *sk = sock->sk;
	u8 bits = 0, protocol = 0, reuse = 0;

	// TOLD: :[[@LINE+2]]:{{[0-9]+}}: warning: -2 bytes from 'rcv_tos' is taken for 'recverr', {{.*}} as on 5.10 [field-arithmetic]
	// CHECK: bits = (u8)inet_sock_rcv_tos_minus_2(inet) & 0xff;
	bits = (u8)*(&inet->rcv_tos - 2) & 0xff;
	// CHECK: reuse = sock___sk_common_skc_bound_dev_if_minus_1(BPF_CORE_READ(sock, sk));
	reuse = *((u8 *)&sock->sk->__sk_common.skc_bound_dev_if - 1);
	// TOLD: :[[@LINE+2]]:{{[0-9]+}}: warning: -3 bytes from 'sk_gso_max_segs' is taken for 'sk_protocol', as on 5.5 [field-arithmetic]
	// CHECK: bpf_probe_read_kernel(&protocol, 1, &(unsigned char){sock_sk_gso_max_segs_minus_3(sk)});
	bpf_probe_read_kernel(&protocol, 1, (void *)((u64)&sk->sk_gso_max_segs) - 3);
	u64 two = 0;
	// TOLD: warning: -8 bytes from 'sk_stamp' is taken for 'sk_rcvtimeo', as on 5.10 [field-arithmetic]
	// CHECK: two = sock_sk_stamp_minus_8_64(sk);
	two = *(u64 *)((u64)&sk->sk_stamp - 8);
	return bits + protocol + reuse + two;
}
