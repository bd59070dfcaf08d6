// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Words for packets inside conditions, loops, other words' arguments and called functions.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: struct ip_t {
// CHECK-NEXT: unsigned char ver : 4;
// CHECK-NEXT: unsigned char hlen : 4;
// CHECK-NEXT: unsigned char tos;
// CHECK-NEXT: unsigned short tlen;
// CHECK-NEXT: unsigned short identification;
// CHECK-NEXT: unsigned short ffo_unused : 1;
// CHECK-NEXT: unsigned short df : 1;
// CHECK-NEXT: unsigned short mf : 1;
// CHECK-NEXT: unsigned short foffset : 13;
// CHECK-NEXT: unsigned char ttl;
// CHECK-NEXT: unsigned char nextp;
// CHECK-NEXT: unsigned short hchecksum;
// CHECK-NEXT: unsigned int src;
// CHECK-NEXT: unsigned int dst;
// CHECK-NEXT: } __attribute__((packed));
// CHECK: } __attribute__((packed));
// CHECK: static __always_inline u64 first(struct __sk_buff *skb, u8 *cursor)
// CHECK: return load_half(skb, (u64)&tag->kind) ? bpf_dext_pkt(skb, (u64)tag + 2, 0, 12) : bpf_dext_pkt(skb, (u64)tag, 4, bpf_dext_pkt(skb, (u64)tag + 3, 4, 4) + 1);
// CHECK: SEC("?tc")
// CHECK: if (!incr_cksum_l3(skb, (u64)&ip->hchecksum, load_byte(skb, (u64)&ip->ttl), load_byte(skb, (u64)&ip->ttl) - 1, 4))
// CHECK-NEXT: return incr_cksum_l4(skb, (u64)(void *)(skb->len > 64 ? 36L : 40L), load_word(skb, (u64)&ip->src), load_word(skb, 16), BPF_F_PSEUDO_HDR | 8) != 0;
#include <bcc/proto.h>

struct tag_t {
	u16 kind;
	u16 length:12;
	u16 flags:4;
} BPF_PACKET_HEADER;

static u64 first(struct __sk_buff *skb, u8 *cursor)
{
	struct tag_t *tag = cursor_advance(cursor, load_byte(skb, 14) & 15 ? sizeof(*tag) : 8);

	return tag->kind ? tag->length : bpf_dext_pkt(skb, (u64)tag, 4, tag->flags + 1);
}

int mark(struct __sk_buff *skb)
{
	u8 *cursor = 0;
	struct ip_t *ip = cursor_advance(cursor, sizeof(*ip));

	for (int i = 0; i < 4; i++)
		if (load_half(skb, load_word(skb, i * 4)) > load_dword(skb, 8))
			bpf_dins_pkt(skb, i, 0, 8, load_half(skb, i));
	while (load_byte(skb, 20) > 3)
		bpf_store_byte(skb, 20, load_byte(skb, 20) >> 1);
	if (first(skb, cursor) > 8) {
		bpf_store_half(skb, load_half(skb, 0), load_half(skb, 2));
		bpf_store_word(skb, 4, first(skb, cursor) ? 1 : 2);
		bpf_store_dword(skb, 8, load_dword(skb, 16));
	}
	if (!incr_cksum_l3(&ip->hchecksum, ip->ttl, ip->ttl - 1))
		return incr_cksum_l4((void *)(skb->len > 64 ? 36L : 40L), ip->src, load_word(skb, 16), 1) != 0;
	return 0;
}
