// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
struct pair {
	u32 pid, cpu;
};
BPF_HASH(sent, struct pair, u64);
BPF_HASH(received, struct pair, u64);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct pair key = {};

	sent.increment(key);
	received.increment(key);
	return 0;
}
