// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Choices between places of several kinds, each counted in the slot of the one that is taken. */
BPF_ARRAY(hits, u64, 32);

static int hit(u32 slot)
{
	if (opt.pid && bpf_get_current_pid_tgid() >> 32 == opt.pid)
		hits.atomic_increment(slot);
	return 0;
}

int io_event(void *ctx)
{
	return hit(0);
}

int io_function(struct pt_regs *ctx)
{
	return hit(1);
}

int unlink_typed(unsigned long long *ctx)
{
	return hit(2);
}

int unlink_probed(struct pt_regs *ctx)
{
	return hit(3);
}

int raw_absent(struct bpf_raw_tracepoint_args *ctx)
{
	return hit(4);
}

/* a tracepoint of a module */
int raw_buffer(struct bpf_raw_tracepoint_args *ctx)
{
	hits.atomic_increment(20);
	return 0;
}

int raw_enter(struct bpf_raw_tracepoint_args *ctx)
{
	return ctx->args[1] == opt.number ? hit(5) : 0;
}

int user_absent(struct pt_regs *ctx)
{
	return hit(6);
}

int user_strlen(struct pt_regs *ctx)
{
	return hit(7);
}

int probe_absent(struct pt_regs *ctx)
{
	return hit(8);
}

int probe_start(struct pt_regs *ctx)
{
	return hit(9);
}

int wished(struct pt_regs *ctx)
{
	return hit(10);
}

int unwished(struct pt_regs *ctx)
{
	return hit(11);
}

int nowhere(struct pt_regs *ctx)
{
	return hit(12);
}

int nowhere_event(void *ctx)
{
	return hit(13);
}

int counter_cycles(struct bpf_perf_event_data *ctx)
{
	return hit(14);
}

int counter_clock(struct bpf_perf_event_data *ctx)
{
	return hit(15);
}

int open_hook(unsigned long long *ctx)
{
	hit(16);
	return 0;
}

int open_function(struct pt_regs *ctx)
{
	return hit(17);
}

int call_absent(struct pt_regs *ctx)
{
	return hit(18);
}

int call_matching(struct pt_regs *ctx)
{
	return hit(19);
}
