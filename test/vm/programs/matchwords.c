// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Probes by pattern, counted by the function that they are in. */
#include <uapi/linux/ptrace.h>
#include <linux/fs.h>

struct place {
	u64 ip;
	u64 at;
};

BPF_HASH(counts, struct place);

static int hit(u64 ip, u64 at)
{
	struct place place = { .ip = ip, .at = at };

	if (opt.pid && bpf_get_current_pid_tgid() >> 32 == opt.pid)
		counts.atomic_increment(place);
	return 0;
}

int on_entry(struct pt_regs *ctx)
{
	return hit(PT_REGS_IP(ctx), 1);
}

int on_return(struct pt_regs *ctx)
{
	return hit(0, 2);
}

/* One of its functions is closed to probes. */
int on_barred(struct pt_regs *ctx, struct file *file, const char *buf, size_t size)
{
	return size == 64 ? hit(0, 4) : 0;
}

int on_none(struct pt_regs *ctx)
{
	return hit(0, 3);
}

/*
 * On x86-64 the first instruction has four bytes or, before kernels mark what may be jumped to,
 * five. On arm64 all have four, and the first two are ftrace's.
 */
int on_offset(struct pt_regs *ctx)
{
	return hit(0, 5);
}

int on_third(struct pt_regs *ctx)
{
	return hit(0, 6);
}
