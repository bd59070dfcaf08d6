// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// The words that reads and writes of headers become may be written by a program too.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: uses packet
// CHECK: bpf_dins_pkt(skb, 22, 0, 8, 64);
// CHECK: return bpf_dext_pkt(skb, 12, 0, 16) == load_half(skb, 12);

int on_packet(struct __sk_buff *skb)
{
	bpf_dins_pkt(skb, 22, 0, 8, 64);
	return bpf_dext_pkt(skb, 12, 0, 16) == load_half(skb, 12);
}
