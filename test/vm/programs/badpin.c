// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* A map that can't be pinned where it says: the working directory is in no BPF file system. */
BPF_TABLE_PINNED("hash", u32, u64, counts, 16, "mappath");

int syscall__getppid(struct pt_regs *ctx)
{
	counts.increment(1);
	return 0;
}
