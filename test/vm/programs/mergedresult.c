// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Members of contexts are read on several ways that meet again, the result of a call, arguments and
 * records of tracepoints: the compiler would compute an address on each and read where they meet.
 */
#include <uapi/linux/ptrace.h>
#include <linux/fs.h>

struct who {
	u32 pid;
	u32 kind;
	char comm[TASK_COMM_LEN];
};

struct sum {
	u64 bytes;
	u64 calls;
	u64 longest;
};

struct size {
	char comm[TASK_COMM_LEN];
	u64 size;
};

BPF_HASH(sizes, struct size);
BPF_HASH(switched, u32);
BPF_HASH(started, u64, u64);
BPF_HASH(writes, struct who, struct sum);

int kprobe__vfs_write(struct pt_regs *ctx, struct file *file)
{
	u64 id = bpf_get_current_pid_tgid(), now = bpf_ktime_get_ns();

	started.update(&id, &now);
	return 0;
}

static int ended(struct pt_regs *ctx, u32 kind)
{
	u64 id = bpf_get_current_pid_tgid();
	u64 *start = started.lookup(&id);
	if (!start)
		return 0;
	u64 took = bpf_ktime_get_ns() - *start;
	started.delete(&id);
	struct who who = { .pid = id >> 32, .kind = kind };
	bpf_get_current_comm(&who.comm, sizeof(who.comm));
	struct sum zero = {}, *sum = writes.lookup_or_try_init(&who, &zero);
	long result = PT_REGS_RC(ctx);
	if (sum) {
		sum->calls++;
		if (result > 0)
			sum->bytes += result;
		if (took > sum->longest)
			sum->longest = took;
	}
	return 0;
}

int kretprobe__vfs_write(struct pt_regs *ctx)
{
	return ended(ctx, 1);
}

/* The register with the size, or the one before it. */
int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct size key = {};

	bpf_get_current_comm(&key.comm, sizeof(key.comm));
	if (key.comm[0] == 'w')
		key.size = PT_REGS_PARM3(ctx);
	else
		key.size = PT_REGS_PARM2(ctx);
	sizes.increment(key);
	return 0;
}

TRACEPOINT_PROBE(syscalls, sys_enter_write)
{
	struct size key = {};

	bpf_get_current_comm(&key.comm, sizeof(key.comm));
	if (args->count == 4096)
		key.size = args->count;
	else
		key.size = args->fd;
	sizes.increment(key);
	return 0;
}

static u32 chosen(struct tracepoint__sched__sched_switch *record, bool previous)
{
	return previous ? record->prev_pid : record->next_pid;
}

TRACEPOINT_PROBE(sched, sched_switch)
{
	u32 pid;

	if (args->prev_state)
		pid = args->prev_pid;
	else
		pid = args->next_pid;
	if (chosen(args, pid & 1))
		switched.increment(pid);
	return 0;
}
