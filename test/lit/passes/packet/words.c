// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// The words alone, headers of the program's own, macros, functions, other names of the packet.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: struct question {
// CHECK: } __attribute__((packed));
// CHECK: #define IS_TCP(header) (load_byte(packet, (u64)&(header)->nextp) == 6)
// CHECK: return load_half(packet, (u64)&question->count) + bpf_dext_pkt(packet, (u64)question + 2, 1, 4);
// CHECK: struct ip_t *ip = cursor_advance(cursor, sizeof(*ip));
// CHECK: return IS_TCP(ip) ? questions(packet, cursor_advance(cursor, 4)) : 0;
// CHECK: return load_byte(skb, 0) + load_half(skb, 2) + load_word(skb, 4) + load_dword(skb, 8);
// CHECK: return bpf_dext_pkt(skb, 14, 4, 4);
// CHECK: return bpf_ntohs(1) + bpf_ntohl(2) + bpf_ntohll(3) + bpf_htonll(4);
#include <bcc/proto.h>

struct question {
	unsigned short count;
	unsigned char rest : 1;
	unsigned char kind : 4;
} BPF_PACKET_HEADER;

#define IS_TCP(header) ((header)->nextp == 6)

static int questions(struct __sk_buff *packet, struct question *question)
{
	return question->count + question->kind;
}

int filter(struct __sk_buff *packet)
{
	u8 *cursor = 0;
	struct ip_t *ip = cursor_advance(cursor, sizeof(*ip));

	return IS_TCP(ip) ? questions(packet, cursor_advance(cursor, 4)) : 0;
}

int loads(struct __sk_buff *skb)
{
	return load_byte(skb, 0) + load_half(skb, 2) + load_word(skb, 4) + load_dword(skb, 8);
}

int bits(struct __sk_buff *skb)
{
	return bpf_dext_pkt(skb, 14, 4, 4);
}

int order(struct __sk_buff *skb)
{
	return bpf_ntohs(1) + bpf_ntohl(2) + bpf_ntohll(3) + bpf_htonll(4);
}
