// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Outputs and stacks inside conditions, loops and called functions.
// RUN: %bcc2core check --buffers=perf --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object --buffers=perf %s -o %t.o
//
// CHECK: __u64 events_lost[B2C_NR_LOST]; /* records that found no room */
// CHECK: __u64 packets_lost[B2C_NR_LOST]; /* records that found no room */
// CHECK: __u64 ring_lost[B2C_NR_LOST]; /* records that found no room */
// CHECK: static __always_inline int send(void *ctx, struct event *e)
// CHECK: if (bpf_ringbuf_query(&ring, BPF_RB_AVAIL_DATA) > 4096)
// CHECK-NEXT: return b2c_perf_submit(ctx, &events, e, sizeof(*e), events_lost);
// CHECK-NEXT: return b2c_ringbuf_output(&ring, e, sizeof(*e), 0, ring_lost) ? -1 : 0;
// CHECK: SEC("kprobe/vfs_read")
// CHECK: struct event e = {.stack = bpf_get_stackid(ctx, &stacks, BPF_F_REUSE_STACKID)}, *r;
// CHECK: for (int i = 0; i < 2 && (r = b2c_ringbuf_reserve(&ring, sizeof(*r), ring_lost)); i++) {
// CHECK-NEXT: r->n = bpf_ringbuf_query(&ring, i ? BPF_RB_CONS_POS : BPF_RB_PROD_POS);
// CHECK-NEXT: if (bpf_get_stackid(ctx, &stacks, 0) < 0)
// CHECK-NEXT: bpf_ringbuf_discard(r, 0);
// CHECK: bpf_ringbuf_submit(r, BPF_RB_NO_WAKEUP);
// CHECK: SEC("?socket")
// CHECK: return e.n > 64 && b2c_perf_submit_skb(skb, &packets, 64, &e, sizeof(e), packets_lost) == 0;
struct event {
	u64 n;
	int stack;
};
BPF_PERF_OUTPUT(events);
BPF_PERF_OUTPUT(packets);
BPF_RINGBUF_OUTPUT(ring, 8);
BPF_STACK_TRACE(stacks, 1024);

static int send(void *ctx, struct event *e)
{
	if (ring.ringbuf_query(BPF_RB_AVAIL_DATA) > 4096)
		return events.perf_submit(ctx, e, sizeof(*e));
	return ring.ringbuf_output(e, sizeof(*e), 0) ? -1 : 0;
}

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct event e = {.stack = stacks.get_stackid(ctx, BPF_F_REUSE_STACKID)}, *r;

	for (int i = 0; i < 2 && (r = ring.ringbuf_reserve(sizeof(*r))); i++) {
		r->n = ring.ringbuf_query(i ? BPF_RB_CONS_POS : BPF_RB_PROD_POS);
		if (stacks.get_stackid(ctx, 0) < 0)
			ring.ringbuf_discard(r, 0);
		else
			ring.ringbuf_submit(r, BPF_RB_NO_WAKEUP);
	}
	return e.stack < 0 ? send(ctx, &e) : send(ctx, &e) + 1;
}

int filter(struct __sk_buff *skb)
{
	struct event e = {.n = skb->len};

	return e.n > 64 && packets.perf_submit_skb(skb, 64, &e, sizeof(e)) == 0;
}
