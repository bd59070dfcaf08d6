// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* One record for each getppid(2) of the process, with something for each type of column. */
struct event {
	u64 ts;
	u64 cgroup;
	u32 uid;
	u32 nr;
	u32 seq;
	s32 flags;
	u64 size;
	char comm[TASK_COMM_LEN];
};

BPF_PERF_OUTPUT(events);
BPF_ARRAY(seqs, u32, 1);

/* The numbers of getppid(2) on x86-64 and arm64. */
TRACEPOINT_PROBE(raw_syscalls, sys_enter)
{
	struct event event = {};
	u32 zero = 0, *seq;

	if (bpf_get_current_pid_tgid() >> 32 != opt.pid || (args->id != 110 && args->id != 173))
		return 0;
	seq = seqs.lookup(&zero);
	if (!seq)
		return 0;
	event.seq = (*seq)++;
	event.ts = bpf_ktime_get_ns();
	event.cgroup = bpf_get_current_cgroup_id();
	event.uid = (u32)bpf_get_current_uid_gid();
	event.nr = args->id;
	event.flags = event.seq | 0x80000000;
	event.size = 512 << event.seq;
	bpf_get_current_comm(&event.comm, sizeof(event.comm));
	events.perf_submit(args, &event, sizeof(event));
	return 0;
}
