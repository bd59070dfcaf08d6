// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Typed arguments and the result of a function: fentry and fexit. */
#include "hand.h"

struct read_t {
	u64 size;
	u64 result;
	u32 links;
	u32 flags;
};
MAP(HASH, struct read_t, u64, 512, reads);
MAP(HASH, u32, u64, 64, modes);

static __always_inline void add(void *map, const void *key)
{
	u64 one = 1, *value = bpf_map_lookup_elem(map, key);

	if (value)
		*value += 1;
	else
		bpf_map_update_elem(map, key, &one, BPF_ANY);
}

SEC("fentry/vfs_read")
int BPF_PROG(on_read, struct file *file, char *buf, size_t count, loff_t *pos)
{
	u32 mode = file->f_inode->i_mode;

	if (is_target())
		add(&modes, &mode);
	return 0;
}

SEC("fexit/vfs_read")
int BPF_PROG(on_done, struct file *file, char *buf, size_t count, loff_t *pos, ssize_t ret)
{
	struct read_t done = { count, ret, file->f_inode->i_nlink, file->f_flags };

	if (is_target())
		add(&reads, &done);
	return 0;
}
