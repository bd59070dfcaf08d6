// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Words of packets, and what classifiers return.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define IP_DF 0x4000
// CHECK-NEXT: #define IP_MF 0x2000
// CHECK-NEXT: #define IP_OFFSET 0x1FFF
// CHECK-NEXT: #define NEXTHDR_FRAGMENT 44
// CHECK-NEXT: #define ICMP_ECHO 8
// CHECK-NEXT: #define ICMPV6_ECHO_REQUEST 128
// CHECK-NEXT: #define bpf_ntohll(x) bpf_be64_to_cpu(x)
// CHECK-NEXT: #define bpf_htonll(x) bpf_cpu_to_be64(x)
// CHECK-NEXT: #define TC_ACT_UNSPEC (-1)
// CHECK-NEXT: #define TC_ACT_OK 0
// CHECK-NEXT: #define TC_ACT_SHOT 2
// CHECK-NEXT: #define TC_ACT_PIPE 3
// CHECK-NEXT: #define TC_ACT_STOLEN 4
// CHECK: SEC("?tc")
// CHECK: static __always_inline int fragment(u32 offset)
// CHECK: SEC("?tc")
// CHECK: SEC("?tc")

// form: works
int act(struct __sk_buff *skb)
{
	return skb->len > 64 ? TC_ACT_OK : TC_ACT_SHOT;
}

// form: nested
static int fragment(u32 offset)
{
	return offset & IP_MF || (offset & IP_OFFSET ? !(offset & IP_DF) : 0);
}

int act_on(struct __sk_buff *skb)
{
	if (skb->tstamp == bpf_htonll(1) || fragment(skb->len))
		return skb->mark == NEXTHDR_FRAGMENT ? TC_ACT_STOLEN : TC_ACT_PIPE;
	return TC_ACT_UNSPEC;
}

// form: macro
#define IS_PING(type) ((type) == ICMP_ECHO || (type) == ICMPV6_ECHO_REQUEST)
#define VERDICT(drop) ((drop) ? TC_ACT_SHOT : TC_ACT_OK)
#define WIDE(n) bpf_ntohll(n)

int act_too(struct __sk_buff *skb)
{
	return VERDICT(IS_PING(WIDE(skb->mark)));
}
