// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Methods of stacks, perf outputs and ring buffers; the record that is sent is
// noted as the map's event, also when it is reserved by size.
// RUN: %bcc2core check --buffers=perf --dump=unit --passes=map_method %s | %FileCheck %s
// RUN: %bcc2core object --buffers=perf %s -o %t.o
//
// CHECK: map events perf_output event=struct event line=
// CHECK: map never perf_output line=
// CHECK: map ring ringbuf event=struct event max_entries=
// CHECK: map reserved ringbuf event=struct other max_entries=
// CHECK: int id = bpf_get_stackid(ctx, &stacks, BPF_F_USER_STACK);
// CHECK-NEXT: struct event *copy = &e;
// CHECK-NEXT: b2c_perf_submit(ctx, &events, &e, sizeof(e), events_lost);
// CHECK-NEXT: int err = b2c_perf_submit(ctx, &events, copy, sizeof(*copy), events_lost);
// CHECK-NEXT: b2c_perf_submit(ctx, &events, (&(struct event){.id = 1, .n = 2}), sizeof(e), events_lost);
// CHECK-NEXT: b2c_ringbuf_output(&ring, &e, sizeof(e), BPF_RB_NO_WAKEUP, ring_lost);
// CHECK-NEXT: struct other *o = b2c_ringbuf_reserve(&reserved, sizeof(struct other), reserved_lost);
// CHECK-NEXT: if (!o)
// CHECK-NEXT: return 0;
// CHECK: bpf_ringbuf_discard(o, 0);
// CHECK-NEXT: else
// CHECK-NEXT: bpf_ringbuf_submit(o, BPF_RB_FORCE_WAKEUP);

struct event {
	int id;
	u32 n;
};
struct other {
	u64 n;
};
BPF_STACK_TRACE(stacks, 16);
BPF_PERF_OUTPUT(events);
BPF_PERF_OUTPUT(never);
BPF_RINGBUF_OUTPUT(ring, 8);
BPF_RINGBUF_OUTPUT(reserved, 8);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct event e = {};
	int id = stacks.get_stackid(ctx, BPF_F_USER_STACK);
	struct event *copy = &e;
	events.perf_submit(ctx, &e, sizeof(e));
	int err = events.perf_submit(ctx, copy, sizeof(*copy));
	events.perf_submit(ctx, &(struct event){.id = 1, .n = 2}, sizeof(e));
	ring.ringbuf_output(&e, sizeof(e), BPF_RB_NO_WAKEUP);
	struct other *o = reserved.ringbuf_reserve(sizeof(struct other));
	if (!o)
		return 0;
	o->n = id;
	if (err)
		reserved.ringbuf_discard(o, 0);
	else
		reserved.ringbuf_submit(o, BPF_RB_FORCE_WAKEUP);
	return 0;
}
