// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Modes of open files, numbers of devices, operations of requests.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define FMODE_READ 0x1
// CHECK-NEXT: #define FMODE_WRITE 0x2
// CHECK-NEXT: #define MINORBITS 20
// CHECK-NEXT: #define MINORMASK ((1U << MINORBITS) - 1)
// CHECK-NEXT: #define MAJOR(dev) ((unsigned int)((dev) >> MINORBITS))
// CHECK-NEXT: #define MINOR(dev) ((unsigned int)((dev) & MINORMASK))
// CHECK-NEXT: #define MKDEV(ma, mi) (((ma) << MINORBITS) | (mi))
// CHECK-NEXT: #define REQ_OP_BITS 8
// CHECK-NEXT: #define REQ_OP_MASK ((1 << REQ_OP_BITS) - 1)
// CHECK: SEC("kprobe/vfs_read")
// CHECK-NEXT: int BPF_KPROBE(kprobe__vfs_read, struct file *file)
// CHECK: return MAJOR(BPF_CORE_READ(file, f_inode, i_rdev)) + !(BPF_CORE_READ(file, f_mode) & FMODE_WRITE);
// CHECK: static __always_inline u32 of(struct file *file)
// CHECK: return BPF_CORE_READ(file, f_mode) & FMODE_READ ? MINOR(BPF_CORE_READ(file, f_inode, i_sb, s_dev)) : MKDEV(8, MINOR(1));
// CHECK: SEC("kprobe/blk_mq_start_request")
// CHECK-NEXT: int BPF_KPROBE(kprobe__blk_mq_start_request, struct request *rq)
// CHECK: return (BPF_CORE_READ(rq, cmd_flags) & REQ_OP_MASK) == REQ_OP_WRITE ? of((struct file *)0) : 0;
// CHECK: #define DEVICE(file) MKDEV(MAJOR(BPF_CORE_READ(file, f_inode, i_rdev)), 0)
// CHECK-NEXT: #define OP(rq) (b2c_core_read(rq, cmd_flags) & REQ_OP_MASK)
// CHECK: SEC("kprobe/blk_mq_end_request")
// CHECK-NEXT: int BPF_KPROBE(kprobe__blk_mq_end_request, struct request *rq)
// CHECK: SEC("kprobe/vfs_open")
// CHECK-NEXT: int BPF_KPROBE(kprobe__vfs_open, void *path, struct file *file)

// form: works
int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	return MAJOR(file->f_inode->i_rdev) + !(file->f_mode & FMODE_WRITE);
}

// form: nested
static u32 of(struct file *file)
{
	return file->f_mode & FMODE_READ ? MINOR(file->f_inode->i_sb->s_dev) : MKDEV(8, MINOR(1));
}

int kprobe__blk_mq_start_request(struct pt_regs *ctx, struct request *rq)
{
	return (rq->cmd_flags & REQ_OP_MASK) == REQ_OP_WRITE ? of((struct file *)0) : 0;
}

// form: macro
#define DEVICE(file) MKDEV(MAJOR((file)->f_inode->i_rdev), 0)
#define OP(rq) ((rq)->cmd_flags & REQ_OP_MASK)

int kprobe__blk_mq_end_request(struct pt_regs *ctx, struct request *rq)
{
	return OP(rq) == REQ_OP_DISCARD;
}

int kprobe__vfs_open(struct pt_regs *ctx, void *path, struct file *file)
{
	return DEVICE(file);
}
