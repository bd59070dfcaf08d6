// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
BPF_HASH(starts, u64, u64);
BPF_HISTOGRAM(latency);

int on_entry(struct pt_regs *ctx)
{
	u64 id = bpf_get_current_pid_tgid(), now = bpf_ktime_get_ns();

	FILTER_PID
	starts.update(&id, &now);
	return 0;
}

int on_return(struct pt_regs *ctx)
{
	u64 id = bpf_get_current_pid_tgid(), *start = starts.lookup(&id), us;

	if (!start)
		return 0;
	us = (bpf_ktime_get_ns() - *start) / 1000;
	starts.delete(&id);
	if (us >= opt.min_us)
		latency.increment(bpf_log2l(us));
	return 0;
}
