// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What two capabilities are enough for: a raw tracepoint, a ring buffer, a map. */
struct event {
	u32 pid;
};

BPF_RINGBUF_OUTPUT(events, 4);
BPF_HASH(calls, u32);

RAW_TRACEPOINT_PROBE(sys_enter)
{
	u32 pid = bpf_get_current_pid_tgid() >> 32;
	struct event *event;

	if (ctx->args[1] != opt.number || pid != opt.pid)
		return 0;
	calls.increment(pid);
	event = events.ringbuf_reserve(sizeof(*event));
	if (!event)
		return 0;
	event->pid = pid;
	events.ringbuf_submit(event, 0);
	return 0;
}
