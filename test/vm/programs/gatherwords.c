// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The words of a command line, a record each, and a last one when execve(2) returns. */
enum { BEGIN = 1, WORD, END };
#define WORDS 8

struct event {
	u32 type;
	u32 pid;
	int result;
	char comm[TASK_COMM_LEN];
	char word[32];
};

BPF_PERF_OUTPUT(events);

static int is_wanted(void)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();

	return (u32)task->real_parent->tgid == opt.pid;
}

int on_exec(struct pt_regs *ctx, const char __user *path, const char __user *const __user *argv)
{
	struct event event = { .type = BEGIN };
	const char *word;

	if (!is_wanted())
		return 0;
	event.pid = bpf_get_current_pid_tgid() >> 32;
	bpf_get_current_comm(&event.comm, sizeof(event.comm));
	events.perf_submit(ctx, &event, sizeof(event));
	event.type = WORD;
	for (int i = 0; i < WORDS; i++) {
		word = NULL;
		bpf_probe_read_user(&word, sizeof(word), &argv[i]);
		if (!word)
			break;
		bpf_probe_read_user_str(event.word, sizeof(event.word), word);
		events.perf_submit(ctx, &event, sizeof(event));
	}
	return 0;
}

int on_exec_end(struct pt_regs *ctx)
{
	struct event event = { .type = END };

	if (!is_wanted())
		return 0;
	event.pid = bpf_get_current_pid_tgid() >> 32;
	event.result = PT_REGS_RC(ctx);
	bpf_get_current_comm(&event.comm, sizeof(event.comm));
	events.perf_submit(ctx, &event, sizeof(event));
	if (opt.twice)
		events.perf_submit(ctx, &event, sizeof(event));
	return 0;
}
