// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Three kinds of records for each getppid(2), in one buffer, of which the tool shows two. */
enum kind { CALLED = 1, NAMED, HIDDEN };

struct call_event {
	u32 kind;
	u32 seq;
};

struct name_event {
	u32 kind;
	char comm[TASK_COMM_LEN];
};

struct hidden_event {
	u32 kind;
	u64 values[8];
};

BPF_PERF_OUTPUT(events);
BPF_RINGBUF_OUTPUT(ring, 8);
BPF_ARRAY(seqs, u32, 1);

TRACEPOINT_PROBE(syscalls, sys_enter_getppid)
{
	struct call_event call = { .kind = CALLED };
	struct name_event name = { .kind = NAMED };
	struct hidden_event hidden = { .kind = HIDDEN };
	u32 zero = 0, *seq;

	if (bpf_get_current_pid_tgid() >> 32 != opt.pid)
		return 0;
	seq = seqs.lookup(&zero);
	if (!seq)
		return 0;
	call.seq = ++*seq;
	bpf_get_current_comm(&name.comm, sizeof(name.comm));
	events.perf_submit(args, &call, sizeof(call));
	events.perf_submit(args, &name, sizeof(name));
	events.perf_submit(args, &hidden, sizeof(hidden));
	ring.ringbuf_output(&call, sizeof(call), 0);
	ring.ringbuf_output(&name, sizeof(name), 0);
	ring.ringbuf_output(&hidden, sizeof(hidden), 0);
	return 0;
}
