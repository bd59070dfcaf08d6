// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Loops with a bound: for, while, do, nested, unrolled, left early, over strings and arrays. */
#include "hand.h"

MAP(ARRAY, u32, u64, 16, results);
MAP(HASH, u32, u64, 10240, letters);

static __always_inline void put(u32 i, u64 add)
{
	u64 *value = bpf_map_lookup_elem(&results, &i);

	if (value)
		*value += add;
}

SEC("ksyscall/unlinkat")
int BPF_KSYSCALL(on_unlinkat, int folder, const char *path)
{
	u64 sum = 0, left, one = 1, *value;
	char name[24] = {};
	u32 i, j, n = 0, letter;

	if (!is_target())
		return 0;
	bpf_probe_read_user_str(name, sizeof(name), path);
#pragma unroll
	for (i = 0; i < 20; i++)
		sum += (u64)i * (u32)name[i];
	put(0, sum);
	for (left = 37; left != 7; left -= 3)
		sum ^= left << (name[5] & 7);
	put(1, sum);
	put(2, sum + 7 + 6 + 5 + 4 + 3 + 2 + 1);
#pragma unroll
	for (j = 0; j < 8; j++) {
		u64 cell = 0;
#pragma unroll
		for (i = j; i < 8; i++)
			cell += name[(i * 8 + j) & 15];
		put(3 + j, cell);
	}
#pragma unroll
	for (i = 0; i < 24; i++) {
		letter = name[i];
		if (!letter)
			break;
		n += i < 20;
		value = bpf_map_lookup_elem(&letters, &letter);
		if (value)
			*value += 1;
		else
			bpf_map_update_elem(&letters, &letter, &one, BPF_ANY);
	}
	put(12, n);
	return 0;
}
