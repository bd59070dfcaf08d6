/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* The number of a system call at both its tracepoints. */
struct call_t {
	u32 pid;
	int number;
	u32 is_exit;
};
BPF_HASH(calls, struct call_t, u64);

TRACEPOINT_PROBE(syscalls, sys_enter_mkdirat)
{
	struct call_t call = {.pid = bpf_get_current_pid_tgid() >> 32};

	call.number = args->__syscall_nr;
	calls.increment(call);
	return 0;
}

TRACEPOINT_PROBE(syscalls, sys_exit_mkdirat)
{
	struct call_t call = {.pid = bpf_get_current_pid_tgid() >> 32, .is_exit = 1};

	if (args->ret == 0)
		call.number = args->__syscall_nr;
	calls.increment(call);
	return 0;
}
