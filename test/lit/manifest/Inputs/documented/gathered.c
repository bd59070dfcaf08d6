// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
struct event {
	u32 type, pid;
	u64 ts;
	char word[16];
};
BPF_PERF_OUTPUT(events);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct event event = { .type = 1 };

	events.perf_submit(ctx, &event, sizeof(event));
	return 0;
}
