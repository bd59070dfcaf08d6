/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Files and block devices: of include/linux/ fs.h, kdev_t.h, blk_types.h and genhd.h. */
#define DISK_NAME_LEN 32

#define FMODE_READ 0x1
#define FMODE_WRITE 0x2
#define FMODE_EXEC 0x20
#define FMODE_OPENED 0x80000
#define FMODE_CREATED 0x100000

#define MINORBITS 20
#define MINORMASK ((1U << MINORBITS) - 1)
#define MAJOR(dev) ((unsigned int)((dev) >> MINORBITS))
#define MINOR(dev) ((unsigned int)((dev) & MINORMASK))
#define MKDEV(ma, mi) (((ma) << MINORBITS) | (mi))

#define REQ_OP_BITS 8
#define REQ_OP_MASK ((1 << REQ_OP_BITS) - 1)
#define SECTOR_SHIFT 9
#define SECTOR_SIZE (1 << SECTOR_SHIFT)

static __always_inline struct inode *file_inode(const struct file *f)
{
	return f->f_inode;
}

static __always_inline struct inode *d_inode(const struct dentry *dentry)
{
	return dentry->d_inode;
}

static __always_inline struct inode *d_backing_inode(const struct dentry *upper)
{
	return upper->d_inode;
}
