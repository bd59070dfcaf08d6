// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Functions and stacks of processes in the rows of events.

struct event {
	u64 ip;
	u32 pid;
	int kernel;
	int user;
	char comm[TASK_COMM_LEN];
};

BPF_PERF_OUTPUT(events);
BPF_STACK_TRACE(stacks, 1024);

static void submit(struct pt_regs *ctx, u64 ip, int kernel)
{
	struct event event = { .ip = ip, .kernel = kernel };

	event.pid = bpf_get_current_pid_tgid() >> 32;
	event.user = stacks.get_stackid(ctx, BPF_F_USER_STACK);
	bpf_get_current_comm(&event.comm, sizeof(event.comm));
	events.perf_submit(ctx, &event, sizeof(event));
}

int on_strlen(struct pt_regs *ctx)
{
	submit(ctx, PT_REGS_IP(ctx), -14);
	return 0;
}

int on_sleep(struct pt_regs *ctx)
{
	submit(ctx, 0, stacks.get_stackid(ctx, 0));
	return 0;
}
