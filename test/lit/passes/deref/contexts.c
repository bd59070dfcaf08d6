// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Wherever a load may stand: conditions, switch, loops, initialisers, arguments,
// the right side of compound assignments; not inside sizeof.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/fs.h>

struct event {
	u64 ino;
	u32 flags;
};
BPF_PERF_OUTPUT(events);

static int positive(u32 n)
{
	return n > 0;
}

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	// CHECK: struct event e = {.ino = BPF_CORE_READ(file, f_inode, i_ino), .flags = sizeof(file->f_flags)};
	struct event e = {.ino = file->f_inode->i_ino, .flags = sizeof(file->f_flags)};
	// CHECK: struct dentry *d = BPF_CORE_READ(file, f_path.dentry), *parent;
	struct dentry *d = file->f_path.dentry, *parent;

	// CHECK: if (BPF_CORE_READ(file, f_flags) && !(BPF_CORE_READ(file, f_mode) & 1))
	if (file->f_flags && !(file->f_mode & 1))
		return 0;
	// CHECK: switch (BPF_CORE_READ(file, f_flags)) {
	switch (file->f_flags) {
	case 1:
		return 0;
	}
#pragma unroll
	for (int i = 0; i < 3; i++) {
		// CHECK: parent = BPF_CORE_READ(d, d_parent);
		parent = d->d_parent;
		// CHECK: if (parent == BPF_CORE_READ(parent, d_parent))
		if (parent == parent->d_parent)
			break;
		d = parent;
	}
	// CHECK: e.flags += positive(BPF_CORE_READ(d, d_flags)) ? BPF_CORE_READ(d, d_flags) : 0;
	e.flags += positive(d->d_flags) ? d->d_flags : 0;
	// CHECK: e.ino = ({ struct inode *inode = BPF_CORE_READ(d, d_inode); BPF_CORE_READ(inode, i_ino); });
	e.ino = ({ struct inode *inode = d->d_inode; inode->i_ino; });
	events.perf_submit(ctx, &e, sizeof(e));
	return 0;
}
