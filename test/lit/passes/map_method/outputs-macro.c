// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Outputs and stacks that macros of the program write.
// RUN: %bcc2core check --buffers=perf --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object --buffers=perf %s -o %t.o
//
// CHECK: __u64 events_lost[B2C_NR_LOST]; /* records that found no room */
// CHECK: __u64 packets_lost[B2C_NR_LOST]; /* records that found no room */
// CHECK: __u64 ring_lost[B2C_NR_LOST]; /* records that found no room */
// CHECK: #define STACK(ctx, flags) bpf_get_stackid(ctx, &stacks, flags)
// CHECK-NEXT: #define SEND(ctx, e) b2c_perf_submit(ctx, &events, &e, sizeof(e), events_lost)
// CHECK-NEXT: #define SEND_PACKET(skb, e) b2c_perf_submit_skb(skb, &packets, 64, &e, sizeof(e), packets_lost)
// CHECK-NEXT: #define PUT(e) b2c_ringbuf_output(&ring, &e, sizeof(e), 0, ring_lost)
// CHECK-NEXT: #define TAKE(type) b2c_ringbuf_reserve(&ring, sizeof(type), ring_lost)
// CHECK: bpf_ringbuf_submit(r, 0); \
// CHECK: bpf_ringbuf_discard(r, 0); \
// CHECK: #define FULL() (bpf_ringbuf_query(&ring, BPF_RB_AVAIL_DATA) > 4096)
// CHECK: SEC("kprobe/vfs_read")
// CHECK: SEC("?socket")
struct event {
	u64 n;
	int stack;
};
BPF_PERF_OUTPUT(events);
BPF_PERF_OUTPUT(packets);
BPF_RINGBUF_OUTPUT(ring, 8);
BPF_STACK_TRACE(stacks, 1024);

#define STACK(ctx, flags) stacks.get_stackid(ctx, flags)
#define SEND(ctx, e) events.perf_submit(ctx, &e, sizeof(e))
#define SEND_PACKET(skb, e) packets.perf_submit_skb(skb, 64, &e, sizeof(e))
#define PUT(e) ring.ringbuf_output(&e, sizeof(e), 0)
#define TAKE(type) ring.ringbuf_reserve(sizeof(type))
#define GIVE(r) \
	do { \
		if (r->n) \
			ring.ringbuf_submit(r, 0); \
		else \
			ring.ringbuf_discard(r, 0); \
	} while (0)
#define FULL() (ring.ringbuf_query(BPF_RB_AVAIL_DATA) > 4096)

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct event e = {.stack = STACK(ctx, 0)}, *r;

	if (FULL())
		return SEND(ctx, e);
	r = TAKE(struct event);
	if (!r)
		return PUT(e);
	r->n = bpf_ktime_get_ns();
	r->stack = e.stack;
	GIVE(r);
	return 0;
}

int filter(struct __sk_buff *skb)
{
	struct event e = {.n = skb->len};

	SEND_PACKET(skb, e);
	return 0;
}
