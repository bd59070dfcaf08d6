// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Calls of getppid(2) of the processes that the filters let through, and of all; and the ends
 * of threads that they let through.
 */
enum {
	FILTERED,
	ALL,
	ENDS,
	STARTS,		/* of programs, by exec */
};

BPF_ARRAY(results, u64, 4);

int on_filtered(struct pt_regs *ctx)
{
	results.increment(FILTERED);
	return 0;
}

int on_all(struct pt_regs *ctx)
{
	results.increment(ALL);
	return 0;
}

RAW_TRACEPOINT_PROBE(sched_process_exec)
{
	results.increment(STARTS);
	return 0;
}

RAW_TRACEPOINT_PROBE(sched_process_exit)
{
	results.increment(ENDS);
	return 0;
}
