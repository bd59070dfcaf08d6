// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Stores write what loads of their size read; through a macro, in a function, with computed places.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: {{^}}program mark tc
// CHECK: {{^}}uses packet
// CHECK: {{^}}#define COPY(skb, to, from) bpf_store_word(skb, to, load_word(skb, from))
// CHECK: {{^}}	bpf_store_dword(skb, at, load_dword(skb, at) + 1);
// CHECK: {{^}}	bpf_store_byte(skb, (u64)&ip->ttl, load_byte(skb, (u64)&ip->ttl) - 1);
// CHECK-NEXT: if (load_half(skb, (u64)&ip->tlen) > 100)
// CHECK-NEXT: bpf_store_half(skb, (u64)&ip->tlen, 100);
// CHECK-NEXT: COPY(skb, (u64)&ip->dst, (u64)&ip->src);
#include <bcc/proto.h>
#define COPY(skb, to, from) bpf_store_word(skb, to, load_word(skb, from))

static void bump(struct __sk_buff *skb, u64 at)
{
	bpf_store_dword(skb, at, load_dword(skb, at) + 1);
}

int mark(struct __sk_buff *skb)
{
	u8 *cursor = 0;
	struct ip_t *ip = cursor_advance(cursor, sizeof(*ip));

	bpf_store_byte(skb, (u64)&ip->ttl, ip->ttl - 1);
	if (ip->tlen > 100)
		bpf_store_half(skb, (u64)&ip->tlen, 100);
	COPY(skb, (u64)&ip->dst, (u64)&ip->src);
	bump(skb, 20);
	return 0;
}
