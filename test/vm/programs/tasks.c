// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Every process, from an iterator: its number, its parent's and its name. */
BPF_ITER(task)
{
	struct task_struct *task = ctx->task;

	if (task && task->pid == task->tgid)
		BPF_SEQ_PRINTF(ctx->meta->seq, "%d %d %s\n", task->tgid, task->real_parent->tgid,
			       task->comm);
	return 0;
}
