// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A parameter of a function of the program, and a pointer that such a function returns.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/fs.h>

BPF_HASH(lengths, u32);

static u32 length_of(struct dentry *dentry)
{
	// CHECK: return BPF_CORE_READ(dentry, d_name.len);
	return dentry->d_name.len;
}

// CHECK: static __always_inline struct dentry *above(struct dentry *dentry)
static struct dentry *above(struct dentry *dentry)
{
	// CHECK: return BPF_CORE_READ(dentry, d_parent);
	return dentry->d_parent;
}

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	// CHECK: u32 key = length_of(above(BPF_CORE_READ(file, f_path.dentry)));
	u32 key = length_of(above(file->f_path.dentry));

	// CHECK: key += b2c_core_read(above(BPF_CORE_READ(file, f_path.dentry)), d_name.len);
	key += above(file->f_path.dentry)->d_name.len;
	// CHECK: b2c_increment(&lengths, &key, 1, &lengths_full);
	lengths.increment(key);
	return 0;
}
