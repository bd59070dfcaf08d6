// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Uses in macros, in types and in other declarations; a macro that serves another variable of
// the same name is written out.
// RUN: rm -rf %t && %bcc2core emit %s -o %t
// RUN: grep -v CHECK %t/macros.bpf.c | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
struct event {
	u32 pid, k;
	char path[520];
};
BPF_PERF_OUTPUT(events);
#define FILL event.pid = 1; event.k = sizeof(event)
#define NAME(e) bpf_get_current_comm(&e.path, sizeof(e.path))
int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct event event = {}, two = event;
	char copy[sizeof(event) + 1];
	typeof(event) *p = &event;

	FILL;
	NAME(event);
	NAME(two);
	_Static_assert(sizeof(event) == 528, "size");
	p->pid = copy[3] = event.path[3];
	if (event.k)
		goto out;
	bpf_get_current_comm(copy, sizeof(copy));
	(event).k += copy[100] + (&event)->k + p->k;
	events.perf_submit(ctx, &event, sizeof(event));
	events.perf_submit(ctx, &two, sizeof(two));
out:
	return 0;
}

struct small {
	u32 pid, k;
};

int kprobe__vfs_write(struct pt_regs *ctx)
{
	struct small event = {};

	FILL;
	events.perf_submit(ctx, &event, sizeof(event));
	return 0;
}

// CHECK:      __type(value, struct event);
// CHECK-NEXT: } event_scratch SEC(".maps");
// CHECK:      } two_scratch SEC(".maps");
// CHECK:      __type(value, char[529]);
// CHECK-NEXT: } copy_scratch SEC(".maps");
// CHECK-EMPTY:
// CHECK-NEXT: SEC("kprobe/vfs_read")
// CHECK:      *two = *event;
// CHECK:      char (*copy)[529] = bpf_map_lookup_elem(&copy_scratch, &(u32){ 0 });
// CHECK:      typeof(*event) *p = event;
// CHECK-EMPTY:
// CHECK-NEXT: event->pid = 1; event->k = sizeof(*event);
// CHECK-NEXT: NAME((*event));
// CHECK-NEXT: NAME((*two));
// CHECK-NEXT: _Static_assert(sizeof(*event) == 528, "size");
// CHECK-NEXT: p->pid = (*copy)[3] = event->path[3];
// CHECK-NEXT: if (event->k)
// CHECK-NEXT: goto out;
// CHECK-NEXT: bpf_get_current_comm(*copy, sizeof(*copy));
// CHECK-NEXT: (*event).k += (*copy)[100] + (event)->k + p->k;
// CHECK:      struct small event = {};
// CHECK-EMPTY:
// CHECK-NEXT: event.pid = 1; event.k = sizeof(event);
