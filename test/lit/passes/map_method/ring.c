// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// perf_submit to a buffer that becomes a ring buffer: the context is left out, with what
// edits it would have had, but for a variable that nothing else may use. A result that
// counts is a perf buffer's. One macro for both forms is written out.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
// RUN: %bcc2core check --dump=unit %s --passes=map_method >%t.alone
// RUN: %bcc2core check --dump=unit %s --reverse-passes | grep -v CHECK | %FileCheck %s
//
// CHECK: map events perf_output event=struct event ring max_entries=262144 line=
// CHECK: map packets perf_output event=struct event line=
// CHECK: source:
// CHECK: #define SEND(ctx, e) b2c_ringbuf_output(&events, e, sizeof(*e), 0, events_lost)
// CHECK: static __always_inline int send(struct pt_regs *ctx, struct event *e)
// CHECK: return b2c_perf_error(b2c_ringbuf_output(&events, e, sizeof(*e), 0, events_lost));
// CHECK: int kprobe__vfs_read(struct pt_regs *ctx)
// CHECK: b2c_ringbuf_output(&events, &e, sizeof(e), 0, events_lost);
// CHECK-NEXT: ((void)saved, b2c_ringbuf_output(&events, &e, sizeof(e), 0, events_lost));
// CHECK-NEXT: b2c_ringbuf_output(&events, (&(struct event){.n = 1, .m = 2}), sizeof(e), 0, events_lost);
// CHECK-NEXT: if (b2c_ringbuf_output(&events, &e, sizeof(e), 0, events_lost) != 0 || SEND(ctx, &e))
// CHECK-NEXT: return 0;
// CHECK-NEXT: int err = b2c_perf_error(b2c_ringbuf_output(&events, &e, sizeof(e), 0, events_lost));
// CHECK-NEXT: b2c_ringbuf_output(&events, &e, sizeof(e), 0, events_lost);
// CHECK-NEXT: b2c_perf_submit(ctx, &packets, &e, sizeof(e), packets_lost);
// CHECK: b2c_ringbuf_output(&events, &e, sizeof(e), 0, events_lost);

struct event {
	u64 n, m;
};
BPF_PERF_OUTPUT(events);
BPF_PERF_OUTPUT(packets);
BPF_ARRAY(counts, u64, 1);

#define SEND(ctx, e) events.perf_submit(ctx, e, sizeof(*e))
#define SEND_TO(m, e) m.perf_submit(ctx, &e, sizeof(e))

static int send(struct pt_regs *ctx, struct event *e)
{
	return events.perf_submit(ctx, e, sizeof(*e));
}

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct event e = {};
	struct pt_regs *saved = ctx;
	u32 zero = 0;

	events.perf_submit((struct pt_regs *)ctx, &e, sizeof(e));
	events.perf_submit(saved, &e, sizeof(e));
	events.perf_submit(counts.lookup(&(u32){0}) ? ctx : 0, &(struct event){.n = 1, .m = 2}, sizeof(e));
	if (events.perf_submit(ctx, &e, sizeof(e)) != 0 || SEND(ctx, &e))
		return 0;
	int err = events.perf_submit(ctx, &e, sizeof(e));
	SEND_TO(events, e);
	SEND_TO(packets, e);
	if (err < 0 && send(ctx, &e) == -28)
		counts.increment(zero);
	return 0;
}

TRACEPOINT_PROBE(sched, sched_process_exit)
{
	struct event e = {.n = args->pid};

	events.perf_submit((struct pt_regs *)args, &e, sizeof(e));
	return 0;
}

int filter(struct __sk_buff *skb)
{
	struct event e = {};

	return packets.perf_submit_skb(skb, 64, &e, sizeof(e));
}
