// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Chains of pointers, records within records, a string and a bit-field. */
#include "hand.h"

struct seen_t {
	u32 parent;
	u32 reset;
	u32 inum;
	char comm[16];
	char parent_comm[16];
	u64 pages;
};
MAP(HASH, struct seen_t, u64, 10240, seen);

SEC("ksyscall/getppid")
int on_getppid(void *ctx)
{
	struct task_struct *task = (void *)bpf_get_current_task(), *parent;
	struct seen_t key;
	u64 one = 1, *value;

	if (!is_target())
		return 0;
	__builtin_memset(&key, 0, sizeof(key));
	parent = BPF_CORE_READ(task, real_parent);
	key.parent = BPF_CORE_READ(parent, tgid);
	key.reset = BPF_CORE_READ_BITFIELD_PROBED(task, sched_reset_on_fork);
	key.inum = BPF_CORE_READ(task, nsproxy, uts_ns, ns.inum);
	BPF_CORE_READ_STR_INTO(&key.comm, task, comm);
	BPF_CORE_READ_INTO(&key.parent_comm, parent, comm);
	key.pages = BPF_CORE_READ(task, mm, task_size);
	value = bpf_map_lookup_elem(&seen, &key);
	if (value)
		*value += 1;
	else
		bpf_map_update_elem(&seen, &key, &one, BPF_ANY);
	return 0;
}
