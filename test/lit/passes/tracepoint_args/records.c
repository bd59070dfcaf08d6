// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// The record of an event has other names on other kernels: members are read from the one the
// host has, by value or by address. A member that only some records have is theirs.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: /* block:block_rq_complete has records of different names on different kernels. */
// CHECK-NEXT: #define block_rq_complete_args(args, member)
// CHECK-NEXT: {{^}}	b2c_record_load_or(args, trace_event_raw_block_rq_completion, member,
// CHECK-NEXT: {{^}}		b2c_record_load(args, trace_event_raw_block_rq_complete, member))
// CHECK: #define tcp_retransmit_skb_args_at(args, member)
// CHECK-NEXT: {{^}}	b2c_record_at_or(args, trace_event_raw_tcp_retransmit_skb, member,
// CHECK-NEXT: {{^}}		b2c_record_at(args, trace_event_raw_tcp_event_sk_skb, member))
//
// CHECK: int tracepoint__block__block_rq_complete(struct trace_event_raw_block_rq_completion *args)
// CHECK: u32 dev = block_rq_complete_args(args, dev);
// CHECK: n = dev + block_rq_complete_args(args, sector) * 2;
// CHECK: if ((block_rq_complete_args(args, error)))
// CHECK: void *sk = (void *)tcp_retransmit_skb_args(args, skaddr);
// CHECK: bpf_probe_read_kernel(&a, sizeof((*tcp_retransmit_skb_args_at(args, saddr))),
// CHECK-SAME: (*tcp_retransmit_skb_args_at(args, saddr)));
// CHECK: a += ((struct trace_event_raw_tcp_retransmit_skb *)args)->err;
// CHECK: a += tcp_retransmit_skb_args(args, daddr[1]) + b2c_deref(

TRACEPOINT_PROBE(block, block_rq_complete)
{
	u64 n;
	u32 dev = args->dev;
	n = dev + args->sector * 2;
	if ((args->error))
		return 1;
	return n;
}

TRACEPOINT_PROBE(tcp, tcp_retransmit_skb)
{
	u32 a = 0;
	void *sk = (void *)args->skaddr;
	__builtin_memcpy(&a, args->saddr, sizeof(args->saddr));
	a += args->err;
	a += args->daddr[1] + args->daddr[a & 3];
	return a + (sk == 0);
}
