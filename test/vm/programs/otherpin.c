// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* A map that is pinned already by mapkinds, with a key of another size. */
BPF_TABLE_PINNED("hash", u64, u64, counts, 16, "/sys/fs/bpf/mapkinds");

int syscall__getppid(struct pt_regs *ctx)
{
	counts.increment(1);
	return 0;
}
