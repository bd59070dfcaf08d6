// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Members of a record that only a module has. */
#include <uapi/linux/ptrace.h>

struct event {
	u32 sectorsize;
	u64 max_inline;
};

BPF_PERF_OUTPUT(events);

int kprobe__btrfs_free_fs_info(struct pt_regs *ctx, struct btrfs_fs_info *fs_info)
{
	struct event event = {};

	event.sectorsize = fs_info->sectorsize;
	event.max_inline = fs_info->max_inline;
	events.perf_submit(ctx, &event, sizeof(event));
	return 0;
}
