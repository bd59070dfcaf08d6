// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Attached to functions of which this kernel has none. */
int on_call(struct pt_regs *ctx)
{
	bpf_trace_printk("called\n");
	return 0;
}
