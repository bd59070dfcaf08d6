// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Headers of a packet behind two members that are added; bit-fields of a cast pointer, bytes of another.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/skbuff.h>
#include <linux/ip.h>
#include <linux/tcp.h>

BPF_HASH(seen, u64);

int kprobe__tcp_v4_rcv(struct pt_regs *ctx, struct sk_buff *skb)
{
	// CHECK: struct iphdr *ip = (struct iphdr *)(BPF_CORE_READ(skb, head) + BPF_CORE_READ(skb, network_header));
	struct iphdr *ip = (struct iphdr *)(skb->head + skb->network_header);
	struct tcphdr *tcp = (struct tcphdr *)(skb->head + skb->transport_header);
	// CHECK: u64 key = BPF_CORE_READ(ip, saddr);
	u64 key = ip->saddr;

	// CHECK: key += BPF_CORE_READ_BITFIELD_PROBED(ip, version) + BPF_CORE_READ_BITFIELD_PROBED(tcp, syn) + BPF_CORE_READ_BITFIELD_PROBED(tcp, doff);
	key += ip->version + tcp->syn + tcp->doff;
	// CHECK: key += b2c_deref(&((u8 *)tcp)[13]);
	key += ((u8 *)tcp)[13];
	seen.increment(key);
	return 0;
}
