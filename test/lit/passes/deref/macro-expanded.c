// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A macro that reads BPF memory here and kernel memory there is expanded at its uses.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
struct pair {
	u64 first;
	struct pair *next;
};
BPF_HASH(pairs, u32, struct pair);

#define FIRST(p) (p)->first

int kprobe__vfs_read(struct pt_regs *ctx, struct pair *theirs)
{
	u32 id = 0;
	struct pair *ours = pairs.lookup(&id);

	// CHECK: return ours ? (ours)->first + BPF_PROBE_READ(theirs, first) : 0;
	return ours ? FIRST(ours) + FIRST(theirs) : 0;
}
