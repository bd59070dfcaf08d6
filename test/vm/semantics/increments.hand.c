// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Every form of increment, on maps that insert and maps that do not. */
#include "hand.h"

MAP(HASH, u64, u64, 512, plain);
MAP(HASH, u64, u32, 512, steps);
MAP(LRU_HASH, u64, u64, 512, recent);
MAP(HASH, u64, u64, 512, atomic);
MAP(ARRAY, u32, u64, 8, slots);

static __always_inline void add(void *map, u64 key, u64 n)
{
	u64 *value = bpf_map_lookup_elem(map, &key);

	if (value)
		*value += n;
	else
		bpf_map_update_elem(map, &key, &n, BPF_ANY);
}

SEC("ksyscall/lseek")
int BPF_KSYSCALL(on_lseek, int fd, unsigned long offset, unsigned int whence)
{
	u64 key = offset & 31, zero = 0, *value;
	u32 step = whence + 2, slot = whence, *number;

	if (!is_target())
		return 0;
	add(&plain, key, 1);
	number = bpf_map_lookup_elem(&steps, &key);
	if (number)
		*number += step;
	else
		bpf_map_update_elem(&steps, &key, &step, BPF_ANY);
	value = bpf_map_lookup_elem(&recent, &key);
	if (value)
		*value += 1;
	else if (key > 3)
		bpf_map_update_elem(&recent, &key, &zero, BPF_NOEXIST);
	add(&atomic, key, 3);
	add(&atomic, offset >> 60, 1);
	value = bpf_map_lookup_elem(&slots, &slot);
	if (value)
		*value += 1;
	slot += 4;
	value = bpf_map_lookup_elem(&slots, &slot);
	if (value)
		*value += 5;
	return 0;
}
