// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Variables of one name in blocks apart share a map; within each other they stay.
// RUN: rm -rf %t && %bcc2core emit %s -o %t
// RUN: grep -v CHECK %t/blocks.bpf.c | %FileCheck %s --implicit-check-not=_scratch
// RUN: %bcc2core object %s -o %t.o
// RUN: %not %bcc2core object -DNESTED %s -o %t.o -v 2>&1 | %FileCheck %s --check-prefix=NESTED

struct event {
	u32 pid;
	char path[600];
};

BPF_PERF_OUTPUT(events);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	if (bpf_get_smp_processor_id()) {
		struct event event = {};

		bpf_get_current_comm(event.path, sizeof(event.path));
		events.perf_submit(ctx, &event, sizeof(event));
	} else {
		struct event event = {.pid = 1};

		events.perf_submit(ctx, &event, sizeof(event));
	}
	return 0;
}

#ifdef NESTED
int kprobe__vfs_write(struct pt_regs *ctx)
{
	struct event event = {};

	{
		struct event event = {.pid = 2};

		events.perf_submit(ctx, &event, sizeof(event));
	}
	events.perf_submit(ctx, &event, sizeof(event));
	return 0;
}
#endif

// CHECK:      } event_scratch SEC(".maps");
// CHECK:      struct event *event = bpf_map_lookup_elem(&event_scratch, &(u32){ 0 });
// CHECK:      } else {
// CHECK-NEXT: struct event *event = bpf_map_lookup_elem(&event_scratch, &(u32){ 0 });
// CHECK:      event->pid = 1;
// NESTED: remark: 'event' can't be kept in a per-CPU map: another variable there has its name [stack-scratch]
// NESTED: error: 'kprobe__vfs_write' takes {{[0-9]+}} bytes of the stack, which has 512 [bpf-stack]
