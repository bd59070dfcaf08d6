// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Probe kinds and pointer shapes that no example has, as events with known values. */
#include <linux/sched.h>
#include <linux/fs.h>

struct event {
	u32 kind;
	u32 pid;
	u32 parent;
	u32 mode;
	u64 number;
	char name[32];
};

struct counted {
	u32 seen;
};

BPF_RINGBUF_OUTPUT(events, 16);
BPF_HASH(opened, u32, struct file *);
BPF_PERCPU_ARRAY(kept, struct counted, 1);

#define PARENT(task) ((task)->real_parent->tgid)

static struct task_struct *current_task(void)
{
	return (struct task_struct *)bpf_get_current_task();
}

static u32 parent_of(struct task_struct *task)
{
	return task->flags & PF_KTHREAD ? 0 : PARENT(task);
}

static void fill(struct event *event, u32 kind)
{
	event->kind = kind;
	event->pid = bpf_get_current_pid_tgid() >> 32;
	event->parent = parent_of(current_task());
}

/* A kernel pointer kept in a map between two probes, chains, strings and a mode. */
int kprobe__do_dentry_open(struct pt_regs *ctx, struct file *file)
{
	u32 tid = bpf_get_current_pid_tgid();

	if (opt.pid == bpf_get_current_pid_tgid() >> 32)
		opened.update(&tid, &file);
	return 0;
}

int kretprobe__do_dentry_open(struct pt_regs *regs)
{
	u32 tid = bpf_get_current_pid_tgid();
	struct file **kept_file = opened.lookup(&tid);
	struct event event = {};
	struct qstr name;

	if (!kept_file)
		return 0;
	fill(&event, 1);
	name = (*kept_file)->f_path.dentry->d_name;
	bpf_probe_read_kernel_str(&event.name, sizeof(event.name), name.name);
	event.mode = (*kept_file)->f_inode->i_mode;
	event.number = PT_REGS_RC(regs) == 0 ? name.len : 0;
	events.ringbuf_output(&event, sizeof(event), 0);
	opened.delete(&tid);
	return 0;
}

/* System call arguments by tracepoint, a user string, and a record thrown away. */
TRACEPOINT_PROBE(syscalls, sys_enter_unlinkat)
{
	struct event *event;

	if (opt.pid != bpf_get_current_pid_tgid() >> 32)
		return 0;
	event = events.ringbuf_reserve(sizeof(*event));
	if (!event)
		return 0;
	__builtin_memset(event, 0, sizeof(*event));
	fill(event, 2);
	event->number = args->flag;
	bpf_probe_read_user_str(&event->name, sizeof(event->name), args->pathname);
	if (event->name[0] != '/')
		events.ringbuf_discard(event, 0);
	else
		events.ringbuf_submit(event, 0);
	return 0;
}

/* A raw tracepoint: the number of each system call, counted for getppid alone. */
RAW_TRACEPOINT_PROBE(sys_exit)
{
	struct pt_regs *regs = (struct pt_regs *)ctx->args[0];
	u32 zero = 0;
	struct counted *counted = kept.lookup(&zero);
	struct event event = {};

	if (opt.pid != bpf_get_current_pid_tgid() >> 32 || !counted)
		return 0;
	counted->seen++;
	if (ctx->args[1] != opt.parent)
		return 0;
	fill(&event, 3);
	event.number = ctx->args[1];
	event.mode = PT_REGS_RC(regs) == ctx->args[1];
	events.ringbuf_output(&event, sizeof(event), 0);
	return 0;
}

/* A uprobe: the argument is in the traced process. */
int on_strlen(struct pt_regs *ctx, const char *text)
{
	struct event event = {};

	fill(&event, 4);
	event.number = *text;
	bpf_probe_read_user_str(&event.name, sizeof(event.name), text);
	events.ringbuf_output(&event, sizeof(event), 0);
	return 0;
}
