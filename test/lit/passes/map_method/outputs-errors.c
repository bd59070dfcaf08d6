// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Records by value, arguments in another order, too few of them.
// RUN: rm -f %t.o && %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s --implicit-check-not=error:
// RUN: test ! -e %t.o
struct event {
	u64 n;
};
BPF_PERF_OUTPUT(events);
BPF_RINGBUF_OUTPUT(ring, 8);
BPF_STACK_TRACE(stacks, 1024);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	// CHECK: outputs-errors.c:[[@LINE+2]]:49: error: argument 1 of method 'ringbuf_reserve' has to be a number, not 'struct event *' [map-method-type]
	// CHECK: help: call it as 'ring.ringbuf_reserve(size)'
	struct event e = {}, *r = ring.ringbuf_reserve(&e);

	// CHECK: outputs-errors.c:[[@LINE+2]]:2: error: method 'get_stackid' takes 2 arguments, not 1 [map-method-arity]
	// CHECK: help: call it as 'stacks.get_stackid(ctx, flags)'
	stacks.get_stackid(0);
	// CHECK: outputs-errors.c:[[@LINE+4]]:21: error: argument 1 of method 'get_stackid' has to be an address, not 'int' [map-method-type]
	// CHECK: help: call it as 'stacks.get_stackid(ctx, flags)'
	// CHECK: outputs-errors.c:[[@LINE+2]]:39: error: argument 2 of method 'get_stackid' has to be a number, not 'struct pt_regs *' [map-method-type]
	// CHECK: help: call it as 'stacks.get_stackid(ctx, flags)'
	stacks.get_stackid(BPF_F_USER_STACK, ctx);
	// CHECK: outputs-errors.c:[[@LINE+2]]:2: error: method 'perf_submit' takes 3 arguments, not 2 [map-method-arity]
	// CHECK: help: call it as 'events.perf_submit(ctx, &record, size)'
	events.perf_submit(&e, sizeof(e));
	// CHECK: outputs-errors.c:[[@LINE+2]]:26: error: argument 2 of method 'perf_submit' has to be an address, not 'struct event' [map-method-type]
	// CHECK: help: call it as 'events.perf_submit(ctx, &record, size)'
	events.perf_submit(ctx, e, sizeof(e));
	// CHECK: outputs-errors.c:[[@LINE+4]]:25: error: argument 2 of method 'perf_submit' has to be an address, not 'unsigned long' [map-method-type]
	// CHECK: help: call it as 'events.perf_submit(ctx, &record, size)'
	// CHECK: outputs-errors.c:[[@LINE+2]]:36: error: argument 3 of method 'perf_submit' has to be a number, not 'struct pt_regs *' [map-method-type]
	// CHECK: help: call it as 'events.perf_submit(ctx, &record, size)'
	events.perf_submit(&e, sizeof(e), ctx);
	// CHECK: outputs-errors.c:[[@LINE+2]]:2: error: method 'perf_submit_skb' takes 4 arguments, not 3 [map-method-arity]
	// CHECK: help: call it as 'events.perf_submit_skb(ctx, skb_size, &record, size)'
	events.perf_submit_skb(ctx, &e, sizeof(e));
	// CHECK: outputs-errors.c:[[@LINE+2]]:2: error: method 'ringbuf_output' takes 3 arguments, not 2 [map-method-arity]
	// CHECK: help: call it as 'ring.ringbuf_output(&record, size, flags)'
	ring.ringbuf_output(&e, sizeof(e));
	// CHECK: outputs-errors.c:[[@LINE+2]]:22: error: argument 1 of method 'ringbuf_output' has to be an address, not 'struct event' [map-method-type]
	// CHECK: help: call it as 'ring.ringbuf_output(&record, size, flags)'
	ring.ringbuf_output(e, sizeof(e), 0);
	// CHECK: outputs-errors.c:[[@LINE+2]]:2: error: method 'ringbuf_submit' takes 2 arguments, not 1 [map-method-arity]
	// CHECK: help: call it as 'ring.ringbuf_submit(&record, flags)'
	ring.ringbuf_submit(r);
	// CHECK: outputs-errors.c:[[@LINE+2]]:22: error: argument 1 of method 'ringbuf_submit' has to be an address, not 'struct event' [map-method-type]
	// CHECK: help: call it as 'ring.ringbuf_submit(&record, flags)'
	ring.ringbuf_submit(e, 0);
	// CHECK: outputs-errors.c:[[@LINE+2]]:23: error: argument 1 of method 'ringbuf_discard' has to be an address, not 0 of type 'int' [map-method-type]
	// CHECK: help: call it as 'ring.ringbuf_discard(&record, flags)'
	ring.ringbuf_discard(0, 0);
	// CHECK: outputs-errors.c:[[@LINE+2]]:21: error: argument 1 of method 'ringbuf_query' has to be a number, not 'struct event *' [map-method-type]
	// CHECK: help: call it as 'ring.ringbuf_query(flags)'
	ring.ringbuf_query(&e);
	return 0;
}
