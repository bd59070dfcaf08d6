// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Reports sync(2) calls that follow another one within a second. */
#include <linux/sched.h>

struct event {
	u64 ts;		/* ns, monotonic */
	u64 gap;	/* ns since the sync before */
	u32 pid;
	char comm[TASK_COMM_LEN];
};

BPF_HASH(last, u32, u64, 1);
BPF_PERF_OUTPUT(events);

int syscall__sync(struct pt_regs *ctx)
{
	u64 now = bpf_ktime_get_ns();
	u32 key = 0;
	u64 *before = last.lookup(&key);

	if (before && now - *before < 1000000000) {
		struct event event = {.ts = now, .gap = now - *before};

		event.pid = bpf_get_current_pid_tgid() >> 32;
		bpf_get_current_comm(&event.comm, sizeof(event.comm));
		events.perf_submit(ctx, &event, sizeof(event));
	}
	last.update(&key, &now);
	return 0;
}
