// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Records of the program that stand for the kernel's, at other places than these have. */
BPF_ARRAY(target, u32, 1);

static inline int is_target(void)
{
	u32 zero = 0, *pid = target.lookup(&zero);

	return pid && *pid == bpf_get_current_pid_tgid() >> 32;
}

struct mm_struct_part {
	unsigned long arg_start, start_stack;
	char gap[100];
	unsigned long start_brk;
};

struct cfs_rq_partial {
	struct load_weight load;
	unsigned int nr_running, h_nr_running;
};

BPF_ARRAY(results, u64, 8);

static void put(u32 i, u64 value)
{
	results.update(&i, &value);
}

int syscall__unlinkat(struct pt_regs *ctx)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	struct mm_struct_part *mm = (struct mm_struct_part *)task->mm;
	struct cfs_rq_partial *queue = (struct cfs_rq_partial *)task->se.cfs_rq;
	u64 brk = 0;

	if (!is_target())
		return 0;
	put(0, mm->arg_start);
	put(1, mm->start_stack);
	bpf_probe_read_kernel(&brk, sizeof(brk), &mm->start_brk);
	put(2, brk);
	put(3, queue->nr_running > 0);
	put(4, queue->nr_running < 1000);
	return 0;
}
