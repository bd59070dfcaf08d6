// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Named and anonymous unions and structs, a macro of the kernel among them.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <net/sock.h>
#include <net/inet_sock.h>

struct peer { u64 low, high; u32 ip4; u16 port, state; };
BPF_HASH(peers, struct peer);

int kprobe__tcp_close(struct pt_regs *ctx, struct sock *sk)
{
	struct peer peer = {};

	// CHECK: peer.port = BPF_CORE_READ(sk, __sk_common.skc_dport);
	peer.port = sk->sk_dport;
	// CHECK: peer.state = BPF_CORE_READ(sk, __sk_common.skc_state);
	peer.state = sk->sk_state;
	// CHECK: peer.ip4 = BPF_CORE_READ(sk, __sk_common.skc_daddr);
	peer.ip4 = sk->__sk_common.skc_daddr;
	// CHECK: peer.low = BPF_CORE_READ(sk, __sk_common.skc_v6_daddr.in6_u.u6_addr32[0]);
	peer.low = sk->__sk_common.skc_v6_daddr.in6_u.u6_addr32[0];
	bpf_probe_read_kernel(&peer.low, 16, sk->__sk_common.skc_v6_daddr.in6_u.u6_addr32);
	bpf_probe_read_kernel(&peer.ip4, sizeof(peer.ip4), &sk->__sk_common.skc_rcv_saddr);
	// CHECK: b2c_increment(&peers, &peer, 1, &peers_full);
	peers.increment(peer);
	return 0;
}
