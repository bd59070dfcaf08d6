// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Numbers of the host: CPUs, the size of a page, the kernel's clock in its own unit and in ns. */
enum fact {
	CPUS = 1,
	PAGE,
	UPTIME_JIFFIES,	/* both in ms */
	UPTIME_CLOCK,
};

BPF_HASH(facts, u32);

/* What jiffies starts with: five minutes before it wraps at 32 bits. */
static u64 first_jiffy(void)
{
	return (1ULL << 32) - 300 * HZ;
}

static void put(u32 fact, u64 value)
{
	facts.update(&fact, &value);
}

int syscall__getppid(struct pt_regs *ctx)
{
	if (bpf_get_current_pid_tgid() >> 32 != opt.pid)
		return 0;
	put(CPUS, bpf_num_cpus());
	put(PAGE, PAGE_SIZE);
	put(UPTIME_JIFFIES, jiffies_to_msecs(jiffies - first_jiffy()));
	put(UPTIME_CLOCK, bpf_ktime_get_ns() / NSEC_PER_MSEC);
	return 0;
}
