// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* One program for each combination of options: another key, other maps, other functions. */
#ifdef PER_PROCESS
struct size_key {
	u32 pid;
	u64 slot;
};
BPF_HISTOGRAM(sizes, struct size_key);
#else
BPF_HISTOGRAM(sizes);
#endif

DECLARATIONS

static int is_other(void)
{
	return opt.pid && bpf_get_current_pid_tgid() >> 32 != opt.pid;
}

int on_write(struct pt_regs *ctx, struct file *file, const char *buf, size_t count)
{
	if (is_other())
		return 0;
#if defined(PER_PROCESS)
	struct size_key key = {.pid = bpf_get_current_pid_tgid() >> 32, .slot = bpf_log2l(count)};
	sizes.increment(key);
#else
	sizes.increment(bpf_log2l(count));
#endif
	return 0;
}

#if TRACED
int on_unlink(struct pt_regs *ctx)
{
	struct gone gone = {};

	if (is_other())
		return 0;
	gone.pid = bpf_get_current_pid_tgid() >> 32;
	unlinks.perf_submit(ctx, &gone, sizeof(gone));
	return 0;
}
#endif

int on_mkdir(struct pt_regs *ctx)
{
	if (is_other())
		return 0;
	COUNT_MKDIR
	return 0;
}

BPF_ARRAY(calls, u64, 2);

static int count_call(u32 call)
{
	if (!is_other())
		calls.atomic_increment(call);
	return 0;
}

CALLS
