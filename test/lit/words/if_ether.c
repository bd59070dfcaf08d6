// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Protocols of Ethernet.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define ETH_ALEN 6
// CHECK-NEXT: #define ETH_HLEN 14
// CHECK-NEXT: #define ETH_ZLEN 60
// CHECK-NEXT: #define ETH_P_IP 0x0800
// CHECK-NEXT: #define ETH_P_ARP 0x0806
// CHECK-NEXT: #define ETH_P_8021Q 0x8100
// CHECK-NEXT: #define ETH_P_IPV6 0x86DD
// CHECK-NEXT: #define ETH_P_8021AD 0x88A8
// CHECK-NEXT: #define htons(x) bpf_htons(x)
// CHECK: SEC("kprobe/netif_receive_skb")
// CHECK-NEXT: int BPF_KPROBE(kprobe__netif_receive_skb, struct sk_buff *skb)
// CHECK: return BPF_CORE_READ(skb, protocol) == htons(ETH_P_IP);
// CHECK: static __always_inline int is_tag(u16 protocol)
// CHECK: SEC("kprobe/ip_rcv")
// CHECK-NEXT: int BPF_KPROBE(kprobe__ip_rcv, struct sk_buff *skb)
// CHECK: if (BPF_CORE_READ(skb, queue_mapping) == ETH_P_ARP + i)
// CHECK: #define IS(skb, name) (b2c_core_read(skb, protocol) == htons(ETH_P_##name))
// CHECK: SEC("kprobe/ip_output")
// CHECK-NEXT: int BPF_KPROBE(kprobe__ip_output, void *net, void *sk, struct sk_buff *skb)
// CHECK: return IS(skb, ARP) || BPF_CORE_READ(skb, len) < LEAST;

// form: works
int kprobe__netif_receive_skb(struct pt_regs *ctx, struct sk_buff *skb)
{
	return skb->protocol == htons(ETH_P_IP);
}

// form: nested
static int is_tag(u16 protocol)
{
	return protocol == htons(ETH_P_8021Q) || (protocol ? protocol == htons(ETH_P_8021AD) : 0);
}

int kprobe__ip_rcv(struct pt_regs *ctx, struct sk_buff *skb)
{
	for (int i = 0; i < ETH_ALEN; i++)
		if (skb->queue_mapping == ETH_P_ARP + i)
			return is_tag(htons(ETH_P_IPV6));
	return 0;
}

// form: macro
#define IS(skb, name) ((skb)->protocol == htons(ETH_P_##name))
#define LEAST (ETH_HLEN + ETH_ZLEN)

int kprobe__ip_output(struct pt_regs *ctx, void *net, void *sk, struct sk_buff *skb)
{
	return IS(skb, ARP) || skb->len < LEAST;
}
