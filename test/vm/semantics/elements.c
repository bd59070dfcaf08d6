// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Arrays of records that kernels have in different sizes, by computed indices and steps. */
BPF_ARRAY(target, u32, 1);

static inline int is_target(void)
{
	u32 zero = 0, *pid = target.lookup(&zero);

	return pid && *pid == bpf_get_current_pid_tgid() >> 32;
}

BPF_ARRAY(results, u64, 16);

static void put(u32 i, u64 value)
{
	results.update(&i, &value);
}

int syscall__unlinkat(struct pt_regs *ctx)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	struct ipc_namespace *ns = task->nsproxy->ipc_ns;
	struct ipc_ids *ids = ns->ids;
	u32 i;

	if (!is_target())
		return 0;
	for (i = 0; i < 3; i++) {
		u32 last = (u32)bpf_get_prandom_u32() >> 31 ? i : i & 3;

		put(i, ns->ids[last].last_idx + (u64)&ids[last]);
		put(3 + i, (u64)ids + ids->last_idx);
		ids++;
	}
	put(6, sizeof(struct ipc_ids) * 1000 + sizeof(*task));
	put(7, ids - ns->ids);
	return 0;
}
