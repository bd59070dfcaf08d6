// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Arrays of records that kernels have in different sizes, by computed indices and steps. */
#include "hand.h"

MAP(ARRAY, u32, u64, 16, results);

static __always_inline void put(u32 i, u64 value)
{
	bpf_map_update_elem(&results, &i, &value, BPF_ANY);
}

SEC("ksyscall/unlinkat")
int on_unlinkat(void *ctx)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	struct ipc_namespace *ns = BPF_CORE_READ(task, nsproxy, ipc_ns);

	if (!is_target())
		return 0;
	put(0, BPF_CORE_READ(ns, ids[0].last_idx) + (u64)&ns->ids[0]);
	put(1, BPF_CORE_READ(ns, ids[1].last_idx) + (u64)&ns->ids[1] +
	       bpf_core_type_size(struct ipc_ids));
	put(2, BPF_CORE_READ(ns, ids[2].last_idx) + (u64)&ns->ids[2] +
	       2 * bpf_core_type_size(struct ipc_ids));
	put(3, (u64)&ns->ids[0] + BPF_CORE_READ(ns, ids[0].last_idx));
	put(4, (u64)&ns->ids[1] + BPF_CORE_READ(ns, ids[1].last_idx));
	put(5, (u64)&ns->ids[2] + BPF_CORE_READ(ns, ids[2].last_idx));
	put(6, bpf_core_type_size(struct ipc_ids) * 1000 + bpf_core_type_size(struct task_struct));
	put(7, 3);
	return 0;
}
