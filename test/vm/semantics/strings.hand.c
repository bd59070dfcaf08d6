// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Strings of the process: arguments of a system call, cut to their room. */
#include "hand.h"

struct name_t {
	char path[20];
	int folder;
	int length;
};
MAP(HASH, struct name_t, u64, 10240, names);

SEC("ksyscall/unlinkat")
int BPF_KSYSCALL(on_unlinkat, int folder, const char *path)
{
	struct name_t name;
	u64 one = 1, *value;

	if (!is_target())
		return 0;
	__builtin_memset(&name, 0, sizeof(name));
	name.folder = folder;
	name.length = bpf_probe_read_user_str(name.path, sizeof(name.path), path);
	value = bpf_map_lookup_elem(&names, &name);
	if (value)
		*value += 1;
	else
		bpf_map_update_elem(&names, &name, &one, BPF_ANY);
	return 0;
}
