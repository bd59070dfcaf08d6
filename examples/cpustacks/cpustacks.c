// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Samples what runs on each CPU: user and kernel stacks, counted. */
#include <linux/sched.h>
#include <uapi/linux/bpf_perf_event.h>

struct key {
	u32 pid;
	int user_stack;
	int kernel_stack;
	char comm[TASK_COMM_LEN];
};

BPF_HASH(counts, struct key);
BPF_STACK_TRACE(stacks, 4096);

int on_sample(struct bpf_perf_event_data *ctx)
{
	struct key key = {.pid = bpf_get_current_pid_tgid() >> 32};

	if (!key.pid || (opt.pid && key.pid != opt.pid))
		return 0;
	bpf_get_current_comm(&key.comm, sizeof(key.comm));
	key.user_stack = stacks.get_stackid(&ctx->regs, BPF_F_USER_STACK);
	key.kernel_stack = stacks.get_stackid(&ctx->regs, 0);
	counts.increment(key);
	return 0;
}
