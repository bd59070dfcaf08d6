// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Maps in maps, whose elements are shown with the key that their map is under. */
BPF_HASH(form, u32, u64, 16);
BPF_HASH(second, u32, u64, 16);
BPF_HASH_OF_MAPS(by_user, u64, "form", 4);
BPF_ARRAY(cells, u64, 3);
BPF_ARRAY_OF_MAPS(by_slot, "cells", 4);

static int add(void *inner, u32 key, u64 more)
{
	u64 *value = bpf_map_lookup_elem(inner, &key), first = more;

	if (value)
		*value += more;
	else
		bpf_map_update_elem(inner, &key, &first, BPF_NOEXIST);
	return 0;
}

int on_getppid(struct pt_regs *ctx)
{
	u64 users[] = {7, 9};
	u32 slot = 2;
	void *inner;

	if (bpf_get_current_pid_tgid() >> 32 != opt.pid)
		return 0;
	inner = by_user.lookup(&users[0]);
	if (inner)
		add(inner, 1, 1);
	inner = by_user.lookup(&users[1]);
	if (inner) {
		add(inner, 1, 10);
		add(inner, 4, 100);
	}
	inner = by_slot.lookup(&slot);
	if (inner)
		add(inner, 2, 3);
	return 0;
}
