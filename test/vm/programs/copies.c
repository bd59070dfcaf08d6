// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Counts how often one process gets a CPU, at both ends of a function of which newer kernels have
 * only a copy that their compiler made.
 */
BPF_ARRAY(counts, u64, 2);

static int count(int slot)
{
	if (bpf_get_current_pid_tgid() >> 32 == opt.pid)
		counts.atomic_increment(slot);
	return 0;
}

int kprobe__finish_task_switch(struct pt_regs *ctx)
{
	return count(0);
}

int kretprobe__finish_task_switch(struct pt_regs *ctx)
{
	return count(1);
}
