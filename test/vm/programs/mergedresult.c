// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The result of a call is read on several ways that meet again: the compiler computes its address
 * on each and reads it where they meet.
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
