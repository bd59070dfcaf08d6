// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A record that the stack has no room for: members, address, size, assignment, both ways of
// initialising it, and a program of each kind that gives something else than 0.
// RUN: rm -rf %t && %bcc2core emit %s -o %t -v 2>%t.err
// RUN: grep -v CHECK %t/records.bpf.c | %FileCheck %s
// RUN: %FileCheck %s --check-prefix=REMARK <%t.err
// RUN: %bcc2core object %s -o %t.o
// RUN: %bcc2core check %s | %FileCheck %s --check-prefix=LEDGER

struct event {
	u32 pid;
	union {
		u64 ts;
		u32 half;
	};
	struct {
		int a, b[2];
	} in;
	char comm[16];
	char path[480];
};

BPF_PERF_OUTPUT(events);
BPF_HASH(seen, u32, struct event);

#define SEND(e) events.perf_submit(ctx, &e, sizeof(e))

/* Opens. */
int kprobe__vfs_open(struct pt_regs *ctx, struct path *path)
{
	struct event event = {};

	event.pid = bpf_get_current_pid_tgid() >> 32;
	event.ts = event.half + 1;
	event.in.b[1]++;
	bpf_get_current_comm(&event.comm, sizeof(event.comm));
	bpf_probe_read_kernel_str(event.path, sizeof event.path, path->dentry->d_name.name);
	events.perf_submit(ctx, &event, sizeof(event));
	return sizeof event;
}

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	u32 pid = bpf_get_current_pid_tgid() >> 32;
	struct event first = {.pid = pid, .ts = 7, .in = {.b = {0, file->f_flags}}, .comm = "hi"}, *v;

	v = seen.lookup(&pid);
	if (v)
		first = *v;
	seen.update(&pid, &first);
	SEND(first);
	return 0;
}

int kprobe__vfs_write(struct pt_regs *ctx)
{
	u32 pid = bpf_get_current_pid_tgid() >> 32;
	struct event *v = seen.lookup(&pid);

	if (!v)
		return 0;
	struct event last = *v;
	last.pid = 1;
	seen.update(&pid, &last);
	return 0;
}

int pass(struct xdp_md *ctx)
{
	struct event drop;

	drop.pid = 1;
	bpf_probe_read_kernel(&drop.path, sizeof(drop.path), 0);
	events.perf_submit(ctx, &drop, sizeof(drop));
	return XDP_DROP;
}

// REMARK: records.c:31:15: remark: 'event' is kept in a per-CPU map [stack-scratch]
// LEDGER: semantics: 'event' of 'kprobe__vfs_open' is kept in a per-CPU map: the stack has no room for it [stack-scratch]

// CHECK:      } seen SEC(".maps");
// CHECK:      /* 'event' of kprobe__vfs_open(): the stack has no room for it. */
// CHECK-NEXT: struct {
// CHECK-NEXT: __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
// CHECK-NEXT: __uint(max_entries, 1);
// CHECK-NEXT: __type(key, u32);
// CHECK-NEXT: __type(value, struct event);
// CHECK-NEXT: } event_scratch SEC(".maps");
// CHECK-EMPTY:
// CHECK-NEXT: /* Opens. */
// CHECK-NEXT: SEC("kprobe/vfs_open")
// CHECK:      struct event *event = bpf_map_lookup_elem(&event_scratch, &(u32){ 0 });
// CHECK-EMPTY:
// CHECK-NEXT: if (!event)
// CHECK-NEXT: return 0;
// CHECK-NEXT: __builtin_memset(event, 0, sizeof(*event));
// CHECK-EMPTY:
// CHECK-NEXT: event->pid = bpf_get_current_pid_tgid() >> 32;
// CHECK-NEXT: event->ts = event->half + 1;
// CHECK-NEXT: event->in.b[1]++;
// CHECK-NEXT: bpf_get_current_comm(&event->comm, sizeof(event->comm));
// CHECK-NEXT: bpf_probe_read_kernel_str(event->path, sizeof event->path, BPF_CORE_READ(path, dentry, d_name.name));
// CHECK-NEXT: b2c_ringbuf_output(&events, event, sizeof(*event), 0, events_lost);
// CHECK-NEXT: return sizeof *event;

// CHECK:      struct event *first = bpf_map_lookup_elem(&first_scratch, &(u32){ 0 });
// CHECK:      __builtin_memset(first, 0, sizeof(*first));
// CHECK-NEXT: first->pid = pid;
// CHECK-NEXT: first->ts = 7;
// CHECK-NEXT: first->in.b[1] = BPF_CORE_READ(file, f_flags);
// CHECK-NEXT: __builtin_memcpy(first->comm, "hi", 2);
// CHECK-NEXT: struct event *v;
// CHECK:      *first = *v;
// CHECK-NEXT: b2c_update(&seen, &pid, first, BPF_ANY, &seen_full);
// CHECK-NEXT: SEND((*first));

// CHECK:      if (!last)
// CHECK-NEXT: return 0;
// CHECK-NEXT: *last = *v;

// CHECK:      SEC("?xdp")
// CHECK:      if (!drop)
// CHECK-NEXT: return XDP_PASS;
// CHECK-NEXT: __builtin_memset(drop, 0, sizeof(*drop));
