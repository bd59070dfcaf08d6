// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Histograms by bpf_log2l and bpf_log2, over every edge of a bucket. */
#include "hand.h"

struct slot_t {
	u32 whence;
	u64 slot;
};
MAP(ARRAY, u32, u64, 64, dist);
MAP(ARRAY, u32, u64, 64, low);
MAP(HASH, struct slot_t, u64, 512, by_whence);

/* The highest bit, by halves of 64 bits. */
static __always_inline u32 highest(u64 value)
{
	u32 place = 0, half;

#pragma unroll
	for (half = 32; half; half /= 2) {
		if (value >> half) {
			value >>= half;
			place += half;
		}
	}
	return place;
}

static __always_inline void count(void *map, const void *key)
{
	u64 one = 1, *value = bpf_map_lookup_elem(map, key);

	if (value)
		__sync_fetch_and_add(value, 1);
	else
		bpf_map_update_elem(map, key, &one, BPF_NOEXIST);
}

SEC("ksyscall/lseek")
int BPF_KSYSCALL(on_lseek, int fd, unsigned long offset, unsigned int whence)
{
	u32 slot = highest(offset) + 1, slot32 = highest((u32)offset);
	struct slot_t key;

	if (!is_target())
		return 0;
	count(&dist, &slot);
	count(&low, &slot32);
	__builtin_memset(&key, 0, sizeof(key));
	key.whence = whence;
	key.slot = slot;
	count(&by_whence, &key);
	return 0;
}
