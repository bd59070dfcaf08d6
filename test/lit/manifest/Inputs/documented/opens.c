// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
struct event {
	u32 mode;
};
BPF_PERF_OUTPUT(events);

int kprobe__vfs_open(struct pt_regs *ctx)
{
	struct event e = {};

	events.perf_submit(ctx, &e, sizeof(e));
	return 0;
}
