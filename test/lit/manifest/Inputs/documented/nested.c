// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
BPF_HASH(form, u32, u64);
BPF_HASH(second, u32, u64);
BPF_HASH_OF_MAPS(by_user, u64, "form", 4);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	u64 user = 7, one = 1;
	u32 key = 0;
	void *inner = by_user.lookup(&user);

	if (inner)
		bpf_map_update_elem(inner, &key, &one, BPF_ANY);
	return 0;
}
