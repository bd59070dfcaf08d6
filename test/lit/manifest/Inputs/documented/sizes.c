// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
#ifdef PER_PROCESS
struct size_key {
	u32 pid;
	u64 slot;
};
BPF_HISTOGRAM(sizes, struct size_key);
#else
BPF_HISTOGRAM(sizes);
#endif

int on_write(struct pt_regs *ctx)
{
	u64 slot = bpf_log2l(PT_REGS_PARM3(ctx));
#ifdef PER_PROCESS
	struct size_key key = {.pid = bpf_get_current_pid_tgid() >> 32, .slot = slot};

	sizes.increment(key);
#else
	sizes.increment(slot);
#endif
	return 0;
}
