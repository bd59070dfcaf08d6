// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Time that threads wait for a CPU once they can run. */
BPF_HASH(woken, u32);
BPF_HISTOGRAM(dist);

static int trace_wakeup(u32 tid)
{
	u64 now = bpf_ktime_get_ns();

	woken.update(&tid, &now);
	return 0;
}

TRACEPOINT_PROBE(sched, sched_wakeup)
{
	return trace_wakeup(args->pid);
}

TRACEPOINT_PROBE(sched, sched_wakeup_new)
{
	return trace_wakeup(args->pid);
}

TRACEPOINT_PROBE(sched, sched_switch)
{
	u32 tid = args->next_pid;
	u64 *since = woken.lookup(&tid);

	if (since) {
		dist.increment(bpf_log2l((bpf_ktime_get_ns() - *since) / 1000));
		woken.delete(&tid);
	}
	return 0;
}
