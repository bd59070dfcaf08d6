// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The first packet of each TCP connection to one port, seen from every place where a
 * network program runs. The classifier of egress marks it and corrects the sum.
 */
#include <bcc/proto.h>

enum slot {
	SOCKET,
	XDP,
	EGRESS,
	INGRESS,
	CGROUP,
	ACTIVE,
	PASSIVE,
	ADDRESS,
	MARK,
};

#define TOS 0x10
#define PORT 7777

BPF_ARRAY(hits, u64, 16);

static int hit(u32 slot)
{
	hits.atomic_increment(slot);
	return 0;
}

/* Whether the packet opens a connection; the headers start at the cursor. */
static int opens(struct __sk_buff *skb, u8 *cursor)
{
	struct ip_t *ip = cursor_advance(cursor, sizeof(*ip));
	if (ip->ver != 4 || ip->nextp != IPPROTO_TCP)
		return 0;
	cursor_advance(cursor, (ip->hlen << 2) - sizeof(*ip));
	struct tcp_t *tcp = cursor_advance(cursor, sizeof(*tcp));
	return tcp->dst_port == PORT && tcp->flag_syn && !tcp->flag_ack;
}

int on_socket(struct __sk_buff *skb)
{
	u8 *cursor = 0;
	struct ethernet_t *ethernet = cursor_advance(cursor, sizeof(*ethernet));

	return ethernet->type == ETH_P_IP && opens(skb, cursor) ? hit(SOCKET) : 0;
}

int on_xdp(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = data + sizeof(*eth);
	struct tcphdr *tcp = data + sizeof(*eth) + sizeof(*ip);

	if ((void *)(tcp + 1) > end || eth->h_proto != htons(ETH_P_IP) || ip->ihl != 5)
		return XDP_PASS;
	if (ip->protocol == IPPROTO_TCP && tcp->dest == htons(PORT) && tcp->syn && !tcp->ack)
		hit(XDP);
	return XDP_PASS;
}

int on_egress(struct __sk_buff *skb)
{
	u8 *cursor = 0;
	struct ethernet_t *ethernet = cursor_advance(cursor, sizeof(*ethernet));
	struct ip_t *ip = (struct ip_t *)cursor;

	if (ethernet->type != ETH_P_IP || !opens(skb, cursor))
		return TC_ACT_OK;
	u16 from = load_half(skb, (u64)ip), to = (from & 0xff00) | TOS;
	bpf_store_half(skb, (u64)ip, to);
	/* What is stored is what was loaded: else the packet does not arrive. */
	bpf_store_byte(skb, (u64)&ip->ttl, ip->ttl);
	bpf_store_word(skb, (u64)&ip->identification, load_word(skb, (u64)&ip->identification));
	bpf_store_dword(skb, (u64)&ip->identification, load_dword(skb, (u64)&ip->identification));
	incr_cksum_l3(&ip->hchecksum, from, to);
	hit(EGRESS);
	return TC_ACT_OK;
}

int on_ingress(struct __sk_buff *skb)
{
	u8 *cursor = 0;
	struct ethernet_t *ethernet = cursor_advance(cursor, sizeof(*ethernet));
	struct ip_t *ip = (struct ip_t *)cursor;

	if (ethernet->type != ETH_P_IP || !opens(skb, cursor))
		return TC_ACT_OK;
	hit(INGRESS);
	if (ip->tos == TOS)
		hit(MARK);
	u32 slot = ADDRESS;
	u64 *address = hits.lookup(&slot);
	if (address)
		*address = ip->dst;
	return TC_ACT_OK;
}

int on_cgroup(struct __sk_buff *skb)
{
	struct iphdr ip;
	struct tcphdr tcp;

	if (skb->protocol != htons(ETH_P_IP) || bpf_skb_load_bytes(skb, 0, &ip, sizeof(ip)) ||
	    bpf_skb_load_bytes(skb, sizeof(ip), &tcp, sizeof(tcp)))
		return 1;
	if (ip.protocol == IPPROTO_TCP && tcp.dest == htons(PORT) && tcp.syn && !tcp.ack)
		hit(CGROUP);
	return 1;
}

int on_sock_ops(struct bpf_sock_ops *ops)
{
	if (ops->op == BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB && ops->remote_port == htonl(PORT))
		hit(ACTIVE);
	if (ops->op == BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB && ops->local_port == PORT)
		hit(PASSIVE);
	return 1;
}
