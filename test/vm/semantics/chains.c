// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Chains of pointers, records within records, a string and a bit-field. */
BPF_ARRAY(target, u32, 1);

static inline int is_target(void)
{
	u32 zero = 0, *pid = target.lookup(&zero);

	return pid && *pid == bpf_get_current_pid_tgid() >> 32;
}

struct seen_t {
	u32 parent;
	u32 reset;
	u32 inum;
	char comm[16];
	char parent_comm[16];
	u64 pages;
};
BPF_HASH(seen, struct seen_t);

int syscall__getppid(struct pt_regs *ctx)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	struct seen_t key = {};

	if (!is_target())
		return 0;
	key.parent = task->real_parent->tgid;
	key.reset = task->sched_reset_on_fork;
	key.inum = task->nsproxy->uts_ns->ns.inum;
	bpf_probe_read_kernel_str(&key.comm, sizeof(key.comm), task->comm);
	bpf_probe_read_kernel(&key.parent_comm, sizeof(key.parent_comm), task->real_parent->comm);
	key.pages = task->mm->task_size;
	seen.increment(key);
	return 0;
}
