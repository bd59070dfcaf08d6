// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Lengths that strlen() returns, as a linear histogram. */
BPF_HISTOGRAM(dist);

int on_return(struct pt_regs *ctx)
{
	dist.increment(PT_REGS_RC(ctx));
	return 0;
}
