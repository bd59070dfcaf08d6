// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// bpf_probe_read of the program's own memory: map values and the stack.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/sched.h>

struct event { u64 started; char comm[16]; };
BPF_HASH(started, u32, struct event);
BPF_PERF_OUTPUT(events);

int kprobe__do_exit(struct pt_regs *ctx)
{
	u32 pid = bpf_get_current_pid_tgid();
	// CHECK: struct event event = {}, *kept = bpf_map_lookup_elem(&started, &pid);
	struct event event = {}, *kept = started.lookup(&pid);
	u64 at;

	if (!kept)
		return 0;
	bpf_probe_read_kernel(&event.comm, sizeof(event.comm), kept->comm);
	// CHECK: bpf_probe_read_kernel(&at, sizeof(at), &kept->started);
	bpf_probe_read(&at, sizeof(at), &kept->started);
	event.started = at + kept->started;
	// CHECK: b2c_ringbuf_output(&events, &event, sizeof(event), 0, events_lost);
	events.perf_submit(ctx, &event, sizeof(event));
	return 0;
}
