// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Pins maps for filters: the cgroup of an option, and the mount name space of the tool. */
BPF_TABLE_PINNED("hash", u64, u64, cgroups, 16, "/sys/fs/bpf/filtercgroups");
BPF_TABLE_PINNED("hash", u64, u64, mounts, 16, "/sys/fs/bpf/filtermounts");
BPF_TABLE_PINNED("hash", u32, u64, others, 16, "/sys/fs/bpf/filterothers");

int syscall__getppid(struct pt_regs *ctx)
{
	u64 key = 0;
	u32 small = 0;

	return cgroups.lookup(&key) && mounts.lookup(&key) && others.lookup(&small);
}
