// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Where threads leave the CPU, and how long they stay away. */
#include <linux/sched.h>

struct key {
	u32 pid;
	int user_stack;
	int kernel_stack;
	char comm[TASK_COMM_LEN];
};

struct left {
	u64 ts;
	struct key key;
};

BPF_HASH(gone, u32, struct left);
BPF_HASH(counts, struct key);
BPF_STACK_TRACE(stacks, 4096);

TRACEPOINT_PROBE(sched, sched_switch)
{
	u64 now = bpf_ktime_get_ns();
	u32 prev = args->prev_pid, next = args->next_pid;
	struct left *was;

	if (prev) {
		struct left left = {.ts = now};

		left.key.pid = bpf_get_current_pid_tgid() >> 32;
		left.key.user_stack = stacks.get_stackid(args, BPF_F_USER_STACK);
		left.key.kernel_stack = stacks.get_stackid(args, 0);
		bpf_get_current_comm(&left.key.comm, sizeof(left.key.comm));
		gone.update(&prev, &left);
	}
	was = gone.lookup(&next);
	if (was) {
		u64 delta = (now - was->ts) / 1000;

		if (delta)
			counts.increment(was->key, delta);
		gone.delete(&next);
	}
	return 0;
}
