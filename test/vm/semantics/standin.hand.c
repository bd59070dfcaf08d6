// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Records of the program that stand for the kernel's, at other places than these have. */
#include "hand.h"

MAP(ARRAY, u32, u64, 8, results);

static __always_inline void put(u32 i, u64 value)
{
	bpf_map_update_elem(&results, &i, &value, BPF_ANY);
}

SEC("ksyscall/unlinkat")
int on_unlinkat(void *ctx)
{
	struct task_struct *task = (void *)bpf_get_current_task();

	if (!is_target())
		return 0;
	put(0, BPF_CORE_READ(task, mm, arg_start));
	put(1, BPF_CORE_READ(task, mm, start_stack));
	put(2, BPF_CORE_READ(task, mm, start_brk));
	put(3, 1); /* the process itself */
	put(4, 1);
	return 0;
}
