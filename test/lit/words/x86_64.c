// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// What has another value on the other architecture.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define O_DIRECT 00040000
// CHECK-NEXT: #define O_LARGEFILE 00100000
// CHECK-NEXT: #define O_DIRECTORY 00200000
// CHECK-NEXT: #define O_NOFOLLOW 00400000
// CHECK-NEXT: #define PAGE_SHIFT 12
// CHECK-NEXT: #define PAGE_SIZE (1UL << PAGE_SHIFT)
// CHECK-NEXT: #define PAGE_MASK (~(PAGE_SIZE - 1))
// CHECK-NEXT: #define __PAGE_OFFSET_BASE_L5 0xff11000000000000UL
// CHECK-NEXT: #define PAGE_OFFSET __PAGE_OFFSET_BASE_L5
// CHECK: SEC("kprobe/vfs_read")
// CHECK-NEXT: int BPF_KPROBE(kprobe__vfs_read, struct file *file)
// CHECK: static __always_inline u64 page(u64 at)
// CHECK: SEC("kprobe/vfs_write")
// CHECK-NEXT: int BPF_KPROBE(kprobe__vfs_write, struct file *file)
// CHECK: if (BPF_CORE_READ(file, f_flags) & (O_DIRECT | O_LARGEFILE) && !(BPF_CORE_READ(file, f_flags) & O_NOFOLLOW))
// CHECK: SEC("kprobe/vfs_open")
// CHECK-NEXT: int BPF_KPROBE(kprobe__vfs_open, void *path, struct file *file)
// CHECK: return IS_KERNEL(path) ? PAGES((u64)path) : BPF_CORE_READ(file, f_flags) & O_DIRECTORY;

// form: works
int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	return (u64)file < PAGE_OFFSET;
}

// form: nested
static u64 page(u64 at)
{
	return at & ~PAGE_MASK ? at >> PAGE_SHIFT : at / PAGE_SIZE;
}

int kprobe__vfs_write(struct pt_regs *ctx, struct file *file)
{
	if (file->f_flags & (O_DIRECT | O_LARGEFILE) && !(file->f_flags & O_NOFOLLOW))
		return page((u64)file);
	return 0;
}

// form: macro
#define PAGES(n) (((n) + PAGE_SIZE - 1) >> PAGE_SHIFT)
#define IS_KERNEL(at) ((u64)(at) >= PAGE_OFFSET)

int kprobe__vfs_open(struct pt_regs *ctx, void *path, struct file *file)
{
	return IS_KERNEL(path) ? PAGES((u64)path) : file->f_flags & O_DIRECTORY;
}
