// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Kinds and modes of files.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define S_IRUSR 00400
// CHECK-NEXT: #define S_ISGID 0002000
// CHECK-NEXT: #define S_ISUID 0004000
// CHECK-NEXT: #define S_IFIFO 0010000
// CHECK-NEXT: #define S_IFCHR 0020000
// CHECK-NEXT: #define S_IFDIR 0040000
// CHECK-NEXT: #define S_IFBLK 0060000
// CHECK-NEXT: #define S_IFREG 0100000
// CHECK-NEXT: #define S_IFLNK 0120000
// CHECK-NEXT: #define S_IFSOCK 0140000
// CHECK-NEXT: #define S_IFMT 00170000
// CHECK-NEXT: #define S_ISREG(m) (((m) & S_IFMT) == S_IFREG)
// CHECK-NEXT: #define S_ISDIR(m) (((m) & S_IFMT) == S_IFDIR)
// CHECK-NEXT: #define S_ISCHR(m) (((m) & S_IFMT) == S_IFCHR)
// CHECK-NEXT: #define S_ISBLK(m) (((m) & S_IFMT) == S_IFBLK)
// CHECK-NEXT: #define S_ISSOCK(m) (((m) & S_IFMT) == S_IFSOCK)
// CHECK: SEC("kprobe/vfs_read")
// CHECK-NEXT: int BPF_KPROBE(kprobe__vfs_read, struct file *file)
// CHECK: return S_ISREG(BPF_CORE_READ(file, f_inode, i_mode));
// CHECK: static __always_inline int kind(u32 mode)
// CHECK: SEC("kprobe/vfs_write")
// CHECK-NEXT: int BPF_KPROBE(kprobe__vfs_write, struct file *file)
// CHECK: if (!S_ISCHR(BPF_CORE_READ(file, f_inode, i_mode)) && BPF_CORE_READ(file, f_inode, i_mode) & S_IRUSR)
// CHECK-NEXT: return kind(BPF_CORE_READ(file, f_inode, i_mode));
// CHECK: #define IS_KIND(file, KIND) S_IS##KIND(BPF_CORE_READ(file, f_inode, i_mode))
// CHECK: SEC("kprobe/vfs_open")
// CHECK-NEXT: int BPF_KPROBE(kprobe__vfs_open, void *path, struct file *file)
// CHECK: return IS_KIND(file, BLK) || IS_SET_ID(BPF_CORE_READ(file, f_inode, i_mode));

// form: works
int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	return S_ISREG(file->f_inode->i_mode);
}

// form: nested
static int kind(u32 mode)
{
	return S_ISDIR(mode) ? 1 : S_ISSOCK(mode) || (mode & S_IFMT) == S_IFIFO ? 2 : 0;
}

int kprobe__vfs_write(struct pt_regs *ctx, struct file *file)
{
	if (!S_ISCHR(file->f_inode->i_mode) && file->f_inode->i_mode & S_IRUSR)
		return kind(file->f_inode->i_mode);
	return kind(S_IFLNK);
}

// form: macro
#define IS_KIND(file, KIND) S_IS##KIND(file->f_inode->i_mode)
#define IS_SET_ID(mode) ((mode) & (S_ISUID | S_ISGID))

int kprobe__vfs_open(struct pt_regs *ctx, void *path, struct file *file)
{
	return IS_KIND(file, BLK) || IS_SET_ID(file->f_inode->i_mode);
}
