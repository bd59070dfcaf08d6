// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// What the passes emit for every kind of program has no raw load left.
// RUN: %bcc2core object %s -o %t.o
#include <linux/fs.h>
#include <linux/sched.h>
#include <net/sock.h>

struct info {
	struct file *file;
	const char *name;
	u64 hits;
};
BPF_HASH(infos, u32, struct info);
BPF_HASH(counts, u64);
BPF_PERF_OUTPUT(events);

static struct inode *inode_of(struct file *file)
{
	return file->f_inode;
}

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	struct info info = {.file = file};
	u32 id = task->real_parent->tgid;
	u64 key = inode_of(file)->i_ino;

	infos.update(&id, &info);
	counts.increment(key);
	return 0;
}

int kretprobe__vfs_read(struct pt_regs *ctx)
{
	u32 id = bpf_get_current_pid_tgid();
	struct info *info = infos.lookup(&id);
	struct pt_regs *saved = (struct pt_regs *)PT_REGS_RC(ctx);

	if (!info)
		return 0;
	info->hits += info->file->f_flags + PT_REGS_PARM1(saved);
	events.perf_submit(ctx, info, sizeof(*info));
	return 0;
}

int syscall__connect(struct pt_regs *ctx, int fd, struct sockaddr_in *addr)
{
	u64 key = addr->sin_port;

	counts.increment(key);
	return 0;
}

KFUNC_PROBE(vfs_write, struct file *file)
{
	struct task_struct *task = bpf_get_current_task_btf();

	return file->f_flags + task->real_parent->pid + task->in_execve;
}

RAW_TRACEPOINT_PROBE(sched_switch)
{
	struct task_struct *prev = (struct task_struct *)ctx->args[1];

	return prev->pid;
}

TRACEPOINT_PROBE(skb, kfree_skb)
{
	struct sk_buff *skb = (struct sk_buff *)args->skbaddr;

	return skb->len + args->protocol;
}
