// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Reads in the bodies of macros change the macro; what one macro reads stays in it.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/fs.h>

BPF_HASH(counts, u64);

// CHECK: #define INO(inode) b2c_core_read(inode, i_ino)
#define INO(inode) (inode)->i_ino
// CHECK: #define DENTRY(file) (BPF_CORE_READ(file, f_path.dentry))
#define DENTRY(file) ((file)->f_path.dentry)
// CHECK: #define my_dentry f_path.dentry
#define my_dentry f_path.dentry
#define MAX(a, b) ((a) > (b) ? (a) : (b))

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	u64 key;

	// CHECK: key = INO(BPF_CORE_READ(file, f_inode));
	key = INO(file->f_inode);
	// CHECK: key = INO(b2c_core_read(DENTRY(file), d_inode));
	key = INO(DENTRY(file)->d_inode);
	// CHECK: key = BPF_CORE_READ(file, f_path.dentry, d_flags);
	key = file->my_dentry->d_flags;
	// CHECK: key = MAX(BPF_CORE_READ(file, f_flags), BPF_CORE_READ(file, f_mode));
	key = MAX(file->f_flags, file->f_mode);
	counts.increment(key);
	return 0;
}
