// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Storage of tasks, which kernels have from 5.11, and of inodes, for each
 * getppid(2) of one process.
 */
struct calls {
	u64 nr;
	u64 last;
};

BPF_TASK_STORAGE(calls, struct calls);
BPF_INODE_STORAGE(of_inodes, u64);
BPF_ARRAY(results, u64, 3);

int syscall__getppid(struct pt_regs *ctx)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct calls *own;

	if (bpf_get_current_pid_tgid() >> 32 != opt.pid)
		return 0;
	if (!calls.task_storage_get(task, 0, 0))
		results.increment(0);
	own = calls.task_storage_get(task, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (!own)
		return 0;
	own->nr++;
	results.increment(1, own->nr);
	if (own->nr == 10 && calls.task_storage_delete(task) == 0)
		results.increment(2);
	return 0;
}
