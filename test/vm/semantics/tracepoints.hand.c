// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Arguments of tracepoints: of a system call, and of one with a string. */
#include "hand.h"

struct seek_t {
	u64 fd;
	u64 offset;
	u64 whence;
};
MAP(HASH, struct seek_t, u64, 512, seeks);
MAP(HASH, u64, u64, 512, results);

static __always_inline void count(void *map, const void *key)
{
	u64 one = 1, *value = bpf_map_lookup_elem(map, key);

	if (value)
		*value += 1;
	else
		bpf_map_update_elem(map, key, &one, BPF_ANY);
}

SEC("tp/syscalls/sys_enter_lseek")
int on_enter(struct trace_event_raw_sys_enter *ctx)
{
	struct seek_t seek = { (u32)ctx->args[0], ctx->args[1], (u32)ctx->args[2] };

	if (is_target())
		count(&seeks, &seek);
	return 0;
}

SEC("tp/syscalls/sys_exit_lseek")
int on_exit(struct trace_event_raw_sys_exit *ctx)
{
	u64 result = ctx->ret;

	if (is_target())
		count(&results, &result);
	return 0;
}
