// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Headers in memory that the program can load from are plain C: copies, and packet data.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK-NOT: uses packet
// CHECK: return copy.tlen + pointer->tlen;
// CHECK: return bpf_ntohs(ethernet->type) == ETH_P_IP ? XDP_DROP : XDP_PASS;
#include <bcc/proto.h>

int filter(struct __sk_buff *skb)
{
	struct ip_t copy = {}, *pointer = &copy;

	bpf_skb_load_bytes(skb, 14, &copy, sizeof(copy));
	return copy.tlen + pointer->tlen;
}

int drop(struct xdp_md *ctx)
{
	struct ethernet_t *ethernet = (void *)(long)ctx->data;

	if ((void *)(ethernet + 1) > (void *)(long)ctx->data_end)
		return XDP_PASS;
	return bpf_ntohs(ethernet->type) == ETH_P_IP ? XDP_DROP : XDP_PASS;
}
