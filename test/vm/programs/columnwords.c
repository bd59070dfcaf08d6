// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* A record and an entry of a table for each getppid(2), numbered from 1, for columns to show. */
struct event {
	u64 ts;
	u32 pid;
	u32 seq;
};

BPF_PERF_OUTPUT(events);
BPF_ARRAY(seqs, u32, 1);
BPF_HASH(seen, u32, u32);

TRACEPOINT_PROBE(syscalls, sys_enter_getppid)
{
	struct event event = {};
	u32 zero = 0, *seq;

	event.pid = bpf_get_current_pid_tgid() >> 32;
	FILTER
	seq = seqs.lookup(&zero);
	if (!seq)
		return 0;
	event.seq = ++*seq;
	event.ts = bpf_ktime_get_ns();
	seen.update(&event.seq, &event.pid);
	events.perf_submit(args, &event, sizeof(event));
	return 0;
}
