// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Attach kinds that only a manifest can ask for, each counted in its slot. */
BPF_ARRAY(hits, u64, 8);

static int hit(u32 slot)
{
	if (opt.pid && bpf_get_current_pid_tgid() >> 32 == opt.pid)
		hits.atomic_increment(slot);
	return 0;
}

int on_raw(struct bpf_raw_tracepoint_args *ctx)
{
	return ctx->args[1] == opt.number ? hit(0) : 0;
}

int on_event(struct tracepoint__syscalls__sys_enter_getppid *args)
{
	return hit(1);
}

int on_entry(void *ctx)
{
	return hit(2);
}

int on_return(struct pt_regs *ctx)
{
	return hit(3);
}

int on_absent(struct pt_regs *ctx)
{
	return hit(4);
}

int on_wish(struct pt_regs *ctx)
{
	return hit(5);
}

int on_two(struct pt_regs *ctx)
{
	return hit(6);
}
