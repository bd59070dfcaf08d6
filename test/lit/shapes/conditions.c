// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Dereferences in conditions keep their short circuit; a function pointer is tested.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/fs.h>

BPF_HASH(seen, u64);

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	// CHECK: struct dentry *dentry = BPF_CORE_READ(file, f_path.dentry);
	struct dentry *dentry = file->f_path.dentry;
	u64 key = 0;

	// CHECK: if (!BPF_CORE_READ(file, f_op, read_iter))
	if (!file->f_op->read_iter)
		return 0;
	// CHECK: if (S_ISREG(BPF_CORE_READ(file, f_inode, i_mode)) && BPF_CORE_READ(dentry, d_name.len) > 3)
	if (S_ISREG(file->f_inode->i_mode) && dentry->d_name.len > 3)
		// CHECK: key = BPF_CORE_READ(file, f_pos) ? BPF_CORE_READ(file, f_pos) : BPF_CORE_READ(file, f_flags);
		key = file->f_pos ? file->f_pos : file->f_flags;
	// CHECK: key += BPF_CORE_READ(file, f_flags), key += BPF_CORE_READ(dentry, d_name.len);
	key += file->f_flags, key += dentry->d_name.len;
	// CHECK: b2c_increment(&seen, &key, 1, &seen_full);
	seen.increment(key);
	return 0;
}
