// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Redirections inside conditions and called functions.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: static __always_inline int to(u32 queue)
// CHECK: return bpf_map_lookup_elem(&xsks, &queue) ? bpf_redirect_map(&xsks, queue, 0) : bpf_redirect_map(&devices, queue, XDP_DROP);
// CHECK: SEC("?xdp")
// CHECK: return ctx->rx_queue_index > 7 ? bpf_redirect_map(&devices, 0, 0) : to(ctx->rx_queue_index);
// CHECK: SEC("?sockops")
// CHECK: if (key > 1024 && bpf_sock_map_update(ops, &socks, &key, BPF_NOEXIST))
// CHECK-NEXT: return bpf_sock_hash_update(ops, &hash, &key, key > 2048 ? BPF_ANY : BPF_NOEXIST) != 0;
// CHECK: static __always_inline int pick(struct sk_msg_md *msg, u32 key)
// CHECK: return msg->size > 64 ? bpf_msg_redirect_hash(msg, &hash, &key, 0) : bpf_msg_redirect_map(msg, &socks, key, 0);
// CHECK: SEC("?sk_msg")
// CHECK: SEC("?sk_skb/stream_verdict")
// CHECK: key >>= bpf_sk_redirect_hash(skb, &hash, &key, 0) + 1;
// CHECK-NEXT: return bpf_sk_redirect_map(skb, &socks, bpf_sk_redirect_map(skb, &socks, key, 0), 0);
BPF_DEVMAP(devices, 8);
BPF_XSKMAP(xsks, 8);
BPF_SOCKMAP(socks, 8);
BPF_SOCKHASH(hash);

static int to(u32 queue)
{
	return xsks.lookup(&queue) ? xsks.redirect_map(queue, 0) : devices.redirect_map(queue, XDP_DROP);
}

int redirect(struct xdp_md *ctx)
{
	return ctx->rx_queue_index > 7 ? devices.redirect_map(0, 0) : to(ctx->rx_queue_index);
}

int note(struct bpf_sock_ops *ops)
{
	u32 key = ops->local_port;

	if (key > 1024 && socks.sock_map_update(ops, &key, BPF_NOEXIST))
		return hash.sock_hash_update(ops, &key, key > 2048 ? BPF_ANY : BPF_NOEXIST) != 0;
	return 0;
}

static int pick(struct sk_msg_md *msg, u32 key)
{
	return msg->size > 64 ? hash.msg_redirect_hash(msg, &key, 0) : socks.msg_redirect_map(msg, key, 0);
}

int message(struct sk_msg_md *msg)
{
	return pick(msg, msg->remote_port) == SK_PASS;
}

int packet(struct __sk_buff *skb)
{
	u32 key = skb->remote_port;

	while (key > 4)
		key >>= hash.sk_redirect_hash(skb, &key, 0) + 1;
	return socks.sk_redirect_map(skb, socks.sk_redirect_map(skb, key, 0), 0);
}
