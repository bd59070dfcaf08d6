// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Counts by stacks, once with room for all stacks and once with room for one.

struct stack {
	u32 pid;
	int kernel;
	int user;
	char comm[TASK_COMM_LEN];
};

BPF_HASH(counts, struct stack);
BPF_STACK_TRACE(stacks, 8192);
BPF_HASH(crowd, struct stack);
BPF_STACK_TRACE(tiny, 1);

int on_sleep(struct pt_regs *ctx)
{
	struct stack stack = {};

	stack.pid = bpf_get_current_pid_tgid() >> 32;
	bpf_get_current_comm(&stack.comm, sizeof(stack.comm));
	stack.kernel = stacks.get_stackid(ctx, 0);
	stack.user = stacks.get_stackid(ctx, BPF_F_USER_STACK);
	counts.increment(stack);
	if (!opt.crowd)
		return 0;
	stack.kernel = tiny.get_stackid(ctx, 0);
	stack.user = tiny.get_stackid(ctx, BPF_F_USER_STACK);
	crowd.increment(stack);
	return 0;
}
