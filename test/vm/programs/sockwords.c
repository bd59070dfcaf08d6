// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * TCP over loopback through maps of sockets: what clients send to one port is seen message
 * by message, what their server receives byte by byte. The server's socket is found by its
 * listener, and each socket is counted in its cgroup, which has a storage for that.
 */
enum slot {
	CREATED,
	RELEASED,
	LOOKED_UP,
	ACTIVE,
	PASSIVE,
	MESSAGES,
	SENT,
	RECEIVED,
	DISSECTED,
	STORED,
};

#define PORT 7778
#define PROTOCOL 253

struct ends {
	u32 local_port;
	u32 remote_port;
};

BPF_SOCKMAP(clients, 64);
BPF_SOCKHASH(servers, struct ends, 64);
BPF_CGROUP_STORAGE(created, u64);
BPF_ARRAY(hits, u64, 16);

static void hit(u32 slot, u64 n)
{
	hits.atomic_increment(slot, n);
}

int on_create(struct bpf_sock *sk)
{
	u64 *nr = created.get_local_storage(0);
	u32 slot = STORED;

	if (sk->family != AF_INET || sk->type != SOCK_STREAM)
		return 1;
	hit(CREATED, 1);
	lock_xadd(nr, 1);
	hits.update(&slot, nr);
	return 1;
}

int on_release(struct bpf_sock *sk)
{
	if (sk->family == AF_INET && sk->type == SOCK_STREAM)
		hit(RELEASED, 1);
	return 1;
}

int on_lookup(struct bpf_sk_lookup *ctx)
{
	if (ctx->family == AF_INET && ctx->protocol == IPPROTO_TCP && ctx->local_port == PORT)
		hit(LOOKED_UP, 1);
	return SK_PASS;
}

int on_established(struct bpf_sock_ops *ops)
{
	u32 place = (ops->local_port + ops->remote_port) % 64;
	struct ends ends = {ops->local_port, ntohl(ops->remote_port)};

	if (ops->op == BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB && ends.remote_port == PORT &&
	    !clients.sock_map_update(ops, &place, BPF_ANY))
		hit(ACTIVE, 1);
	if (ops->op == BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB && ends.local_port == PORT &&
	    !servers.sock_hash_update(ops, &ends, BPF_ANY))
		hit(PASSIVE, 1);
	return 1;
}

int on_message(struct sk_msg_md *msg)
{
	hit(MESSAGES, 1);
	hit(SENT, msg->size);
	return SK_PASS;
}

int on_stream(struct __sk_buff *skb)
{
	return skb->len;
}

int on_verdict(struct __sk_buff *skb)
{
	hit(RECEIVED, skb->len);
	return SK_PASS;
}

/* Packets that no stack sent have their headers found by the dissector. */
int on_packet(struct __sk_buff *skb)
{
	struct bpf_flow_keys *keys = skb->flow_keys;
	void *data = (void *)(long)skb->data, *end = (void *)(long)skb->data_end;
	struct iphdr *ip = data + keys->nhoff;

	/* the verifier wants to know that the end of the header is no overflow */
	if (keys->nhoff > 0xffff - sizeof(*ip))
		return BPF_DROP;
	if (keys->n_proto != htons(ETH_P_IP) || (void *)(ip + 1) > end)
		return BPF_DROP;
	keys->addr_proto = ETH_P_IP;
	keys->ip_proto = ip->protocol;
	keys->thoff = keys->nhoff + (ip->ihl << 2);
	if (ip->protocol == PROTOCOL)
		hit(DISSECTED, 1);
	return BPF_OK;
}
