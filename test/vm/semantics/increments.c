// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Every form of increment, on maps that insert and maps that do not. */
BPF_ARRAY(target, u32, 1);

static inline int is_target(void)
{
	u32 zero = 0, *pid = target.lookup(&zero);

	return pid && *pid == bpf_get_current_pid_tgid() >> 32;
}

BPF_HASH(plain, u64, u64, 512);
BPF_HASH(steps, u64, u32, 512);
BPF_TABLE("lru_hash", u64, u64, recent, 512);
BPF_HASH(atomic, u64, u64, 512);
BPF_ARRAY(slots, u64, 8);

int syscall__lseek(struct pt_regs *ctx, int fd, unsigned long offset, unsigned int whence)
{
	u64 key = offset & 31, zero = 0;

	if (!is_target())
		return 0;
	plain.increment(key);
	steps.increment(key, whence + 2);
	recent.increment(key);
	if (key > 3)
		recent.insert(&key, &zero);
	atomic.atomic_increment(key, 3);
	atomic.atomic_increment(offset >> 60);
	slots.increment(whence);
	slots.atomic_increment(whence + 4, 5);
	return 0;
}
