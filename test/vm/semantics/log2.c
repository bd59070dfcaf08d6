// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Histograms by bpf_log2l and bpf_log2, over every edge of a bucket. */
BPF_ARRAY(target, u32, 1);

static inline int is_target(void)
{
	u32 zero = 0, *pid = target.lookup(&zero);

	return pid && *pid == bpf_get_current_pid_tgid() >> 32;
}

struct slot_t {
	u32 whence;
	u64 slot;
};
BPF_HISTOGRAM(dist);
BPF_HISTOGRAM(low);
BPF_HISTOGRAM(by_whence, struct slot_t, 512);

int syscall__lseek(struct pt_regs *ctx, int fd, unsigned long offset, unsigned int whence)
{
	struct slot_t slot = {};

	if (!is_target())
		return 0;
	dist.increment(bpf_log2l(offset));
	low.increment(bpf_log2((u32)offset));
	slot.whence = whence;
	slot.slot = bpf_log2l(offset);
	by_whence.atomic_increment(slot);
	return 0;
}
