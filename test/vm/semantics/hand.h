/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* What the programs by hand share: the headers of any libbpf tool, and the process they are for. */
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

/* run.py asks for a program that inserts nothing, to see that the comparison can fail. */
#ifdef WRONG
#define BPF_ANY BPF_EXIST
#endif

char LICENSE[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u32);
} target SEC(".maps");

static __always_inline bool is_target(void)
{
	u32 zero = 0, *pid = bpf_map_lookup_elem(&target, &zero);

	return pid && *pid == bpf_get_current_pid_tgid() >> 32;
}

#define MAP(kind, key_type, value_type, size, name)      \
	struct {                                         \
		__uint(type, BPF_MAP_TYPE_##kind);       \
		__uint(max_entries, size);               \
		__type(key, key_type);                   \
		__type(value, value_type);               \
	} name SEC(".maps")
