// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* A count by a record, inserted by lookup_or_try_init; lookup_or_init beside it. */
BPF_ARRAY(target, u32, 1);

static inline int is_target(void)
{
	u32 zero = 0, *pid = target.lookup(&zero);

	return pid && *pid == bpf_get_current_pid_tgid() >> 32;
}

struct key_t {
	u32 whence;
	u64 low;
};
struct sum_t {
	u64 calls;
	u64 bytes;
	u32 last;
};
BPF_HASH(sums, struct key_t, struct sum_t, 512);
BPF_HASH(calls, u32);

int syscall__lseek(struct pt_regs *ctx, int fd, unsigned long offset, unsigned int whence)
{
	struct key_t key = {};
	struct sum_t none = {}, *sum;
	u64 zero = 0, *count;

	if (!is_target())
		return 0;
	key.whence = whence;
	key.low = offset & 7;
	sum = sums.lookup_or_try_init(&key, &none);
	if (sum) {
		sum->calls++;
		sum->bytes += offset;
		sum->last = fd;
	}
	count = calls.lookup_or_init(&whence, &zero);
	(*count)++;
	return 0;
}
