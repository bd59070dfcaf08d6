// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Tracepoints, raw tracepoints and functions of a file by pattern, counted by place. */
#include <uapi/linux/ptrace.h>

struct place {
	u64 at;
	u64 ip;
};

BPF_HASH(counts, struct place);

static int hit(u64 at, u64 ip)
{
	struct place place = { .at = at, .ip = ip };

	if (!opt.pid || bpf_get_current_pid_tgid() >> 32 == opt.pid)
		counts.atomic_increment(place);
	return 0;
}

int on_event(void *ctx)
{
	return hit(1, 0);
}

int on_raw(struct bpf_raw_tracepoint_args *ctx)
{
	return hit(2, 0);
}

int on_call(struct pt_regs *ctx)
{
	return hit(3, PT_REGS_IP(ctx));
}

int on_return(struct pt_regs *ctx)
{
	return hit(4, PT_REGS_RC(ctx));
}

int on_first(struct pt_regs *ctx, const char *text)
{
	char first = 0;

	bpf_probe_read_user(&first, 1, text);
	return hit(5, first);
}

int on_none(struct pt_regs *ctx)
{
	return hit(6, 0);
}
