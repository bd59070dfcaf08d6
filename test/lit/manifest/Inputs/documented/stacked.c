// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
struct key {
	u32 pid;
	int kernel_stack;
	char name[16];
};
BPF_HASH(counts, struct key);
BPF_STACK_TRACE(stacks, 1024);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct key key = {};

	key.kernel_stack = stacks.get_stackid(ctx, 0);
	counts.increment(key);
	return 0;
}
