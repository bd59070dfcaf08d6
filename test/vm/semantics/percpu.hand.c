// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Values of a CPU's own: arrays and a hash. */
#include "hand.h"

struct totals_t {
	u64 calls;
	u64 bytes;
};
MAP(PERCPU_ARRAY, u32, struct totals_t, 3, totals);
MAP(PERCPU_ARRAY, u32, u64, 4, plain);
MAP(PERCPU_HASH, u64, u64, 512, by_bits);

SEC("ksyscall/lseek")
int BPF_KSYSCALL(on_lseek, int fd, unsigned long offset, unsigned int whence)
{
	u64 bits = offset & 15, one = 1, *value;
	struct totals_t *total;

	if (!is_target())
		return 0;
	total = bpf_map_lookup_elem(&totals, &whence);
	if (total) {
		total->calls += 1;
		total->bytes += offset;
	}
	value = bpf_map_lookup_elem(&plain, &whence);
	if (value)
		*value += 2;
	value = bpf_map_lookup_elem(&by_bits, &bits);
	if (value)
		*value += 1;
	else
		bpf_map_update_elem(&by_bits, &bits, &one, BPF_ANY);
	return 0;
}
