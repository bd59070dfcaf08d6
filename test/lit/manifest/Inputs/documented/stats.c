// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
BPF_ARRAY(stats, u64, 2);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	stats.increment(0);
	return 0;
}

int kprobe__vfs_write(struct pt_regs *ctx)
{
	stats.increment(1);
	return 0;
}
