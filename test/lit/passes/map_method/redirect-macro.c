// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Redirections that macros of the program write.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define TO(m, i) return bpf_redirect_map(&m, i, 0)
// CHECK: bpf_sock_map_update(ops, &socks, &k, BPF_ANY); \
// CHECK-NEXT: bpf_sock_hash_update(ops, &hash, &k, BPF_ANY); \
// CHECK: #define MESSAGE(msg, k) (k ? bpf_msg_redirect_hash(msg, &hash, &k, 0) : bpf_msg_redirect_map(msg, &socks, k, 0))
// CHECK-NEXT: #define PACKET(skb, k) (k ? bpf_sk_redirect_hash(skb, &hash, &k, 0) : bpf_sk_redirect_map(skb, &socks, k, 0))
// CHECK: SEC("?xdp")
// CHECK: SEC("?sockops")
// CHECK: SEC("?sk_msg")
// CHECK: SEC("?sk_skb/stream_verdict")
BPF_DEVMAP(devices, 8);
BPF_CPUMAP(cpus, 8);
BPF_SOCKMAP(socks, 8);
BPF_SOCKHASH(hash);

#define TO(m, i) return m.redirect_map(i, 0)
#define NOTE(ops, k) \
	do { \
		socks.sock_map_update(ops, &k, BPF_ANY); \
		hash.sock_hash_update(ops, &k, BPF_ANY); \
	} while (0)
#define MESSAGE(msg, k) (k ? hash.msg_redirect_hash(msg, &k, 0) : socks.msg_redirect_map(msg, k, 0))
#define PACKET(skb, k) (k ? hash.sk_redirect_hash(skb, &k, 0) : socks.sk_redirect_map(skb, k, 0))

int redirect(struct xdp_md *ctx)
{
	if (ctx->rx_queue_index)
		TO(devices, 1);
	TO(cpus, 0);
}

int note(struct bpf_sock_ops *ops)
{
	u32 key = ops->local_port;

	NOTE(ops, key);
	return 0;
}

int message(struct sk_msg_md *msg)
{
	u32 key = msg->remote_port;

	return MESSAGE(msg, key);
}

int packet(struct __sk_buff *skb)
{
	u32 key = skb->remote_port;

	return PACKET(skb, key);
}
