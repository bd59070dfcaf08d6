// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
struct open_event {
	u32 type, pid;
};
struct close_event {
	u32 type, pid;
	u64 bytes;
};
BPF_PERF_OUTPUT(events);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct open_event opened = {};
	struct close_event closed = {};

	events.perf_submit(ctx, &opened, sizeof(opened));
	events.perf_submit(ctx, &closed, sizeof(closed));
	return 0;
}
