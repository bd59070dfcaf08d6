// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Values of a CPU's own: arrays and a hash. */
BPF_ARRAY(target, u32, 1);

static inline int is_target(void)
{
	u32 zero = 0, *pid = target.lookup(&zero);

	return pid && *pid == bpf_get_current_pid_tgid() >> 32;
}

struct totals_t {
	u64 calls;
	u64 bytes;
};
BPF_PERCPU_ARRAY(totals, struct totals_t, 3);
BPF_PERCPU_ARRAY(plain, u64, 4);
BPF_PERCPU_HASH(by_bits, u64, u64, 512);

int syscall__lseek(struct pt_regs *ctx, int fd, unsigned long offset, unsigned int whence)
{
	u64 bits = offset & 15, one = 1, *count;
	struct totals_t *total;
	int index = whence;

	if (!is_target())
		return 0;
	total = totals.lookup(&index);
	if (total) {
		total->calls++;
		total->bytes += offset;
	}
	plain.increment(whence, 2);
	count = by_bits.lookup(&bits);
	if (count)
		*count += 1;
	else
		by_bits.update(&bits, &one);
	return 0;
}
