// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* A count by a record, inserted by lookup_or_try_init; lookup_or_init beside it. */
#include "hand.h"

struct key_t {
	u32 whence;
	u64 low;
};
struct sum_t {
	u64 calls;
	u64 bytes;
	u32 last;
};
MAP(HASH, struct key_t, struct sum_t, 512, sums);
MAP(HASH, u32, u64, 10240, calls);

SEC("ksyscall/lseek")
int BPF_KSYSCALL(on_lseek, int fd, unsigned long offset, unsigned int whence)
{
	struct sum_t first = {}, *sum;
	struct key_t key;
	u64 one = 1, *count;

	if (!is_target())
		return 0;
	__builtin_memset(&key, 0, sizeof(key));
	key.whence = whence;
	key.low = offset & 7;
	sum = bpf_map_lookup_elem(&sums, &key);
	if (!sum) {
		bpf_map_update_elem(&sums, &key, &first, BPF_NOEXIST);
		sum = bpf_map_lookup_elem(&sums, &key);
	}
	if (sum) {
		sum->calls += 1;
		sum->bytes += offset;
		sum->last = fd;
	}
	count = bpf_map_lookup_elem(&calls, &whence);
	if (count)
		*count += 1;
	else
		bpf_map_update_elem(&calls, &whence, &one, BPF_ANY);
	return 0;
}
