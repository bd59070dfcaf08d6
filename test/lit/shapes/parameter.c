// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A parameter of the handler, in an initialiser list and beside a call.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/fs.h>

struct key { u32 flags; u64 pos; };
BPF_HASH(counts, struct key);

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	// CHECK: struct key key = { .flags = BPF_CORE_READ(file, f_flags), .pos = BPF_CORE_READ(file, f_pos) };
	struct key key = { .flags = file->f_flags, .pos = file->f_pos };

	// CHECK: b2c_increment(&counts, &key, 1, &counts_full);
	counts.increment(key);
	return 0;
}
