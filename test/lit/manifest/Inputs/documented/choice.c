// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
BPF_ARRAY(hits, u64, 1);

int on_event(void *ctx)
{
	hits.atomic_increment(0);
	return 0;
}

int on_function(struct pt_regs *ctx)
{
	hits.atomic_increment(0);
	return 0;
}
