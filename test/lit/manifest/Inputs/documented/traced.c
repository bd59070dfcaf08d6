// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
int kprobe__vfs_read(struct pt_regs *ctx)
{
	bpf_trace_printk("read");
	return 0;
}
