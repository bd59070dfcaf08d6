// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Arguments of tracepoints: of a system call, and of one with a string. */
BPF_ARRAY(target, u32, 1);

static inline int is_target(void)
{
	u32 zero = 0, *pid = target.lookup(&zero);

	return pid && *pid == bpf_get_current_pid_tgid() >> 32;
}

struct seek_t {
	u64 fd;
	u64 offset;
	u64 whence;
};
BPF_HASH(seeks, struct seek_t, u64, 512);
BPF_HASH(results, u64, u64, 512);

TRACEPOINT_PROBE(syscalls, sys_enter_lseek)
{
	struct seek_t seek = {};

	if (!is_target())
		return 0;
	seek.fd = (u32)args->fd;
	seek.offset = args->offset;
	seek.whence = args->whence;
	seeks.increment(seek);
	return 0;
}

TRACEPOINT_PROBE(syscalls, sys_exit_lseek)
{
	u64 result = args->ret;

	if (is_target())
		results.increment(result);
	return 0;
}
