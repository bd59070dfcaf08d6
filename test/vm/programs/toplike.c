// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* A tool like bcc's *top: calls of getppid(2) by process, again and again. */
BPF_HASH(calls, u32);
BPF_HASH(ever, u32);

int on_getppid(struct pt_regs *ctx)
{
	u32 pid = bpf_get_current_pid_tgid() >> 32;

	if (pid != opt.pid)
		return 0;
	calls.atomic_increment(pid);
	ever.atomic_increment(pid);
	return 0;
}
