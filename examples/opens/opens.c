// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Files opened by name, with who asked and what came of it. */
#include <linux/sched.h>
#include <uapi/linux/ptrace.h>

struct event {
	u64 ts;		/* ns, when openat returned */
	u32 pid;
	int ret;	/* descriptor, or -errno */
	char comm[TASK_COMM_LEN];
	char path[256];
};

/* Path of the openat that a thread is in. */
BPF_HASH(paths, u32, const char *);
BPF_RINGBUF_OUTPUT(events, 64);

int syscall__openat(struct pt_regs *ctx, int dfd, const char __user *filename, int flags)
{
	u64 id = bpf_get_current_pid_tgid();
	u32 pid = id >> 32, tid = id;

	FILTER_PID
	paths.update(&tid, &filename);
	return 0;
}

int trace_return(struct pt_regs *ctx)
{
	u64 id = bpf_get_current_pid_tgid();
	u32 tid = id;
	int ret = PT_REGS_RC(ctx);
	const char **path = paths.lookup(&tid);
	struct event *event;

	if (!path)
		return 0;
	FILTER_FAILED
	event = events.ringbuf_reserve(sizeof(struct event));
	if (event) {
		event->ts = bpf_ktime_get_ns();
		event->pid = id >> 32;
		event->ret = ret;
		bpf_get_current_comm(&event->comm, sizeof(event->comm));
		bpf_probe_read_user_str(&event->path, sizeof(event->path), *path);
		events.ringbuf_submit(event, 0);
	}
out:
	paths.delete(&tid);
	return 0;
}
