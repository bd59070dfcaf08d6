// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Fields of headers that a cursor points to are loaded from the packet, in host order.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: uses packet
// CHECK: {{^}}struct ethernet_t {
// CHECK-NOT: struct arp_t
// CHECK: {{^}}struct ip_t {
// CHECK-NEXT: {{^}}	unsigned char ver : 4;
// CHECK: {{^}}	unsigned int dst;
// CHECK-NEXT: {{^}}} __attribute__((packed));
// CHECK-NOT: struct vxlan_t
// CHECK: struct ethernet_t *ethernet = cursor_advance(cursor, sizeof(*ethernet));
// CHECK: if (bpf_dext_pkt(skb, (u64)ethernet, 0, 48) & (1ull << 40))
// CHECK: u64 mac = bpf_dext_pkt(skb, (u64)ethernet + 6, 0, 48);
// CHECK: switch (load_half(skb, (u64)&ethernet->type)) {
// CHECK: struct ip_t *ip = cursor_advance(cursor, sizeof(*ip));
// CHECK: u32 length = bpf_dext_pkt(skb, (u64)ip, 4, 4) << 2;
// CHECK: length += bpf_dext_pkt(skb, (u64)ip + 6, 3, 13) * 8 + load_byte(skb, (u64)&ip->ttl);
// CHECK: cursor_advance(cursor, (bpf_dext_pkt(skb, (u64)ip, 4, 4) << 2) - sizeof(*ip));
// CHECK: return load_word(skb, (u64)&ip->src) == load_word(skb, (u64)&(ip + 1)->dst) ? mac : length;
// CHECK: load_dword(skb, (u64)&ip6->src_hi) + load_byte(skb, (u64)&option->pad[load_byte(skb, (u64)&option->ext_len)]);
#include <bcc/proto.h>

int classify(struct __sk_buff *skb)
{
	u8 *cursor = 0;

	struct ethernet_t *ethernet = cursor_advance(cursor, sizeof(*ethernet));
	if (ethernet->dst & (1ull << 40))
		return 0;
	u64 mac = ethernet->src;
	switch (ethernet->type) {
	case ETH_P_IP:
		break;
	default:
		return 0;
	}
	struct ip_t *ip = cursor_advance(cursor, sizeof(*ip));
	u32 length = ip->hlen << 2;
	length += ip->foffset * 8 + ip -> ttl;
	cursor_advance(cursor, (ip->hlen << 2) - sizeof(*ip));
	return ip->src == (ip + 1)->dst ? mac : length;
}

int six(struct __sk_buff *skb)
{
	u8 *cursor = (u8 *)(u64)skb->cb[0];
	struct ip6_t *ip6 = cursor_advance(cursor, sizeof(struct ip6_t));
	struct ip6_opt_t *option = cursor_advance(cursor, sizeof(*option));

	return ip6->src_hi + option->pad[option->ext_len];
}
