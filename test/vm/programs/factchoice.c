// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What kernels have, as facts: functions of one kernel or the other for N calls of getppid(2), and
 * code that only one of them can read.
 */
enum { OLD, NEW, STATE, MEMBER, TRACEPOINT, FUNCTION, NR_RESULTS };

BPF_ARRAY(results, u64, NR_RESULTS);

static bool is_mine(void)
{
	return bpf_get_current_pid_tgid() >> 32 == opt.pid;
}

int on_old(struct pt_regs *ctx)
{
	if (is_mine())
		results.increment(OLD);
	return 0;
}

int on_new(struct pt_regs *ctx)
{
	if (is_mine())
		results.increment(NEW);
	return 0;
}

int on_both(struct pt_regs *ctx)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();

	if (!is_mine())
		return 0;
	/* running, which is 0 by either name */
	if (!(host.task_struct___state ? task->__state : task->state))
		results.increment(STATE);
	if (host.task_struct___state)
		results.increment(MEMBER);
	if (host.kmem_kmalloc_node)
		results.increment(TRACEPOINT);
	if (host.vfs_read && !host.no_such_function)
		results.increment(FUNCTION);
	return 0;
}

/* Attached on no kernel, and not loaded: none has the member. */
int on_none(struct pt_regs *ctx)
{
	struct task_struct___none {
		long no_such_member;
	} __attribute__((preserve_access_index)) *task = (void *)bpf_get_current_task();
	long value = 0;

	bpf_core_read(&value, sizeof(value), &task->no_such_member);
	results.increment(OLD, value);
	return 0;
}
