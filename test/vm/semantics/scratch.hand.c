// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Variables that the stack has no room for: what the program leaves out of them is zero each
 * time, also where the run before had something longer there.
 */
#include "hand.h"

struct call_t {
	int folder;
	int length;
	char path[600];
	char copy[600];
};
struct room_t {
	struct call_t call, twice;
	char first[700], second[700];
};
MAP(HASH, u64, struct call_t, 10240, calls);
MAP(HASH, u32, u64, 10240, letters);
MAP(ARRAY, u32, u64, 1, number);
MAP(PERCPU_ARRAY, u32, struct room_t, 1, room);

static __always_inline int spell(char *copy, const char *path, u32 seed)
{
	int length = bpf_probe_read_kernel_str(copy, 700, path), i;
	u64 one = 1, *value;
	u32 key;

	for (i = 0; i < 24 && copy[i]; i++) {
		key = seed + copy[i];
		value = bpf_map_lookup_elem(&letters, &key);
		if (value)
			*value += 1;
		else
			bpf_map_update_elem(&letters, &key, &one, BPF_ANY);
	}
	return length;
}

SEC("ksyscall/unlinkat")
int BPF_KSYSCALL(on_unlinkat, int folder, const char *path)
{
	struct room_t *own;
	u32 zero = 0;
	u64 *n;

	if (!is_target())
		return 0;
	own = bpf_map_lookup_elem(&room, &zero);
	n = bpf_map_lookup_elem(&number, &zero);
	if (!own || !n)
		return 0;
	*n += 1;
	bpf_probe_read_kernel(own, sizeof(*own), (void *)0);
	own->call.folder = folder;
	own->call.length = bpf_probe_read_user_str(own->call.path, sizeof(own->call.path), path);
	own->call.length += spell(own->first, own->call.path, 0) << 8;
	own->call.length += spell(own->second, own->call.path + 4, 1000) << 16;
	bpf_map_update_elem(&calls, n, &own->call, BPF_ANY);
	*n += 1;
	own->twice.folder = folder + 1;
	own->twice.length = own->call.length;
	bpf_probe_read_kernel(own->twice.path, 600, own->call.path);
	bpf_probe_read_kernel(own->twice.copy, 600, own->call.path);
	bpf_map_update_elem(&calls, n, &own->twice, BPF_ANY);
	return 0;
}
