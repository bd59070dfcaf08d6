// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Probes at an address and an offset of a file, and at returns for a number of calls at once. */
BPF_ARRAY(hits, u64, 8);

static int hit(u32 slot)
{
	if (opt.pid && bpf_get_current_pid_tgid() >> 32 == opt.pid)
		hits.atomic_increment(slot);
	return 0;
}

int on_symbol(struct pt_regs *ctx)
{
	return PT_REGS_IP(ctx) == 0x300000 ? hit(0) : 0;
}

int on_offset(struct pt_regs *ctx)
{
	return PT_REGS_IP(ctx) == 0x300004 ? hit(1) : 0;
}

int on_address(struct pt_regs *ctx)
{
	return PT_REGS_IP(ctx) == 0x300004 ? hit(2) : 0;
}

int on_end(struct pt_regs *ctx)
{
	return hit(3);
}

int on_write(struct pt_regs *ctx)
{
	return PT_REGS_RC(ctx) == 64 ? hit(4) : 0;
}

int on_nowhere(struct pt_regs *ctx)
{
	return hit(5);
}
