// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Kprobes that can be fentry and fexit too count the same as those that may not. The reads
 * of one size are the workload's.
 */
#include <linux/fs.h>
#include <uapi/linux/ptrace.h>

#define SIZE 4321

struct event {
	u32 pid;
	s64 got;
	u64 size;
};

BPF_ARRAY(hits, u64, 16);
BPF_HASH(entered, u32, u64);
BPF_PERF_OUTPUT(events);

static void hit(int slot)
{
	u64 *count = hits.lookup(&slot);

	if (count)
		__sync_fetch_and_add(count, 1);
}

static int finish(struct pt_regs *ctx, s64 got)
{
	struct event event = {.pid = bpf_get_current_pid_tgid() >> 32, .got = got};
	u64 *size = entered.lookup(&event.pid);

	if (!size)
		return 0;
	event.size = *size;
	entered.delete(&event.pid);
	events.perf_submit(ctx, &event, sizeof(event));
	return 1;
}

int on_entry(struct pt_regs *ctx, struct file *file, char __user *buf, size_t count)
{
	u32 pid = bpf_get_current_pid_tgid() >> 32;
	u64 size = file->f_inode->i_size;

	if (count == SIZE) {
		hit(0);
		entered.update(&pid, &size);
	}
	return 0;
}

int on_return(struct pt_regs *ctx)
{
	if (finish(ctx, PT_REGS_RC(ctx)))
		hit(1);
	return PT_REGS_RC(ctx);
}

int probe_entry(struct pt_regs *ctx, struct file *file, char __user *buf, size_t count)
{
	if (count == SIZE)
		hit(2);
	return 0;
}

int probe_return(struct pt_regs *ctx)
{
	if (PT_REGS_RC(ctx) == SIZE)
		hit(3);
	return 0;
}

/* of a list the first that there is */
void on_unlink(struct pt_regs *ctx)
{
	hit(4);
}

/* the arguments moved between kernels, or the program needs its registers */
int on_registers(struct pt_regs *ctx)
{
	if (PT_REGS_IP(ctx))
		hit(5);
	return 0;
}

/* wanted, but nothing has it */
int nowhere(struct pt_regs *ctx)
{
	hit(6);
	return 0;
}
