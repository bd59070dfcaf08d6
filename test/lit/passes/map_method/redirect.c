// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Redirection through devices, CPUs, AF_XDP sockets and maps of sockets.
// RUN: %bcc2core check --dump=unit --passes=map_method %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: if (bpf_map_lookup_elem(&xsks, &queue))
// CHECK-NEXT: return bpf_redirect_map(&xsks, queue, 0);
// CHECK-NEXT: return queue ? bpf_redirect_map(&devices, queue, XDP_PASS) : bpf_redirect_map(&cpus, 0, 0);
// CHECK: bpf_sock_map_update(ops, &socks, &key, BPF_ANY);
// CHECK-NEXT: return bpf_sock_hash_update(ops, &hash, &key, BPF_NOEXIST) + (int)bpf_map_delete_elem(&socks, &key);
// CHECK: return key ? bpf_msg_redirect_hash(msg, &hash, &key, BPF_F_INGRESS) : bpf_msg_redirect_map(msg, &socks, key, 0);
// CHECK: bpf_map_update_elem(&hash, &key, &fd, BPF_ANY);
// CHECK: return bpf_sk_redirect_hash(skb, &hash, &key, 0) ? bpf_sk_redirect_map(skb, &socks, key, 0) : 0;

BPF_DEVMAP(devices, 8);
BPF_CPUMAP(cpus, 8);
BPF_XSKMAP(xsks, 8);
BPF_SOCKMAP(socks, 8);
BPF_SOCKHASH(hash);

int redirect(struct xdp_md *ctx)
{
	int queue = ctx->rx_queue_index;

	if (xsks.lookup(&queue))
		return xsks.redirect_map(queue, 0);
	return queue ? devices.redirect_map(queue, XDP_PASS) : cpus.redirect_map(0, 0);
}

int note(struct bpf_sock_ops *ops)
{
	u32 key = ops->local_port;

	socks.sock_map_update(ops, &key, BPF_ANY);
	return hash.sock_hash_update(ops, &key, BPF_NOEXIST) + socks.delete(&key);
}

int message(struct sk_msg_md *msg)
{
	u32 key = msg->remote_port;

	return key ? hash.msg_redirect_hash(msg, &key, BPF_F_INGRESS) : socks.msg_redirect_map(msg, key, 0);
}

int packet(struct __sk_buff *skb)
{
	u32 key = skb->remote_port;
	int fd = 0;

	hash.update(&key, &fd);
	return hash.sk_redirect_hash(skb, &key, 0) ? socks.sk_redirect_map(skb, key, 0) : 0;
}
