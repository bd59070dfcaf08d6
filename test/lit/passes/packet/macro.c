// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Words for packets that macros of the program write.
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
// CHECK: #define PACKED __attribute__((packed))
// CHECK: #define TTL(ip) load_byte(skb, (u64)&ip->ttl)
// CHECK: #define FIX(ip, from, to) incr_cksum_l3(skb, (u64)&ip->hchecksum, from, to, 1)
// CHECK-NEXT: #define FIX_TCP(place, from, to) incr_cksum_l4(skb, (u64)(void *)place, from, to, BPF_F_PSEUDO_HDR | 4)
// CHECK: SEC("?tc")
// CHECK: PUT_BITS(20, BITS(21) + load_half(skb, (u64)&tag->kind));
// CHECK: FIX(ip, load_byte(skb, (u64)&ip->ttl), load_byte(skb, (u64)&ip->tos));
// CHECK-NEXT: FIX_TCP(36L, load_word(skb, (u64)&ip->src), load_word(skb, (u64)&ip->dst));
#include <bcc/proto.h>

#define PACKED BPF_PACKET_HEADER
#define NEXT(type, name) struct type *name = cursor_advance(cursor, sizeof(*name))
#define TTL(ip) ip->ttl
#define BYTE(n) load_byte(skb, n)
#define PAIR(n) (load_half(skb, n) << 16 | load_half(skb, (n) + 2))
#define WIDE(n) (load_word(skb, n) + load_dword(skb, (n) + 4))
#define BITS(n) bpf_dext_pkt(skb, n, 4, 4)
#define PUT_BITS(n, v) bpf_dins_pkt(skb, n, 4, 4, v)
#define PUT(n, v) \
	do { \
		bpf_store_byte(skb, n, v); \
		bpf_store_half(skb, n, v); \
		bpf_store_word(skb, n, v); \
		bpf_store_dword(skb, n, v); \
	} while (0)
#define FIX(ip, from, to) incr_cksum_l3(&ip->hchecksum, from, to)
#define FIX_TCP(place, from, to) incr_cksum_l4((void *)place, from, to, 1)

struct tag_t {
	u16 kind;
} PACKED;

int mark(struct __sk_buff *skb)
{
	u8 *cursor = 0;
	NEXT(ip_t, ip);
	NEXT(tag_t, tag);

	if (TTL(ip) > 3 && BYTE(0) + PAIR(2) > WIDE(4))
		PUT_BITS(20, BITS(21) + tag->kind);
	PUT(40, 1);
	FIX(ip, ip->ttl, ip->tos);
	FIX_TCP(36L, ip->src, ip->dst);
	return 0;
}
