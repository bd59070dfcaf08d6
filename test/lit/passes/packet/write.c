// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Writes to headers go to the packet, and checksums get the packet and the size that bcc adds.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: program rewrite tc line=
// CHECK: bpf_dins_pkt(skb, (u64)&ip->dst, 0, 32, to);
// CHECK: bpf_dins_pkt(skb, (u64)ip + 6, 1, 1, 1);
// CHECK: bpf_dins_pkt(skb, (u64)&ip->ttl, 0, 8, load_byte(skb, (u64)&ip->ttl) - (by + 1));
// CHECK: bpf_dins_pkt(skb, (u64)&ip->identification, 0, 16, load_half(skb, (u64)&ip->identification) + 1);
// CHECK: if (by)
// CHECK-NEXT: bpf_dins_pkt(skb, (u64)&ip->src, 0, 32, load_word(skb, (u64)&ip->dst));
// CHECK: bpf_dins_pkt(skb, (u64)ethernet, 0, 48, bpf_dext_pkt(skb, (u64)ethernet + 6, 0, 48));
// CHECK: incr_cksum_l3(skb, (u64)&ip->hchecksum, from, to, 4);
// CHECK: incr_cksum_l4(skb, (u64)&tcp->cksum, from, to, BPF_F_PSEUDO_HDR | 4);
// CHECK: incr_cksum_l4(skb, (u64)((void *)tcp + 16), load_half(skb, (u64)&tcp->src_port), port, 2);
// CHECK: incr_cksum_l4(skb, (u64)(void *)50, from, to, ((by) & 1) << 4 | 4);
#include <bcc/proto.h>

int rewrite(struct __sk_buff *skb)
{
	u8 *cursor = 0;
	struct ethernet_t *ethernet = cursor_advance(cursor, sizeof(*ethernet));
	struct ip_t *ip = cursor_advance(cursor, sizeof(*ip));
	struct tcp_t *tcp = cursor_advance(cursor, sizeof(*tcp));
	u32 from = ip->dst, to = 0x7f000001, by = skb->len & 1;
	u16 port = 80;

	ip->dst = to;
	ip->df = 1;
	ip->ttl -= by + 1;
	ip->identification++;
	if (by)
		ip->src = ip->dst;
	ethernet->dst = ethernet->src;
	incr_cksum_l3(&ip->hchecksum, from, to);
	incr_cksum_l4(&tcp->cksum, from, to, 1);
	incr_cksum_l4((void *)tcp + 16, tcp->src_port, port, 0);
	incr_cksum_l4((void *)50, from, to, by);
	return 0;
}
