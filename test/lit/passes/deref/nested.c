// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// The pointer of a read is any expression. libbpf's BPF_CORE_READ relocates each
// member inside its first argument and can't nest, so other pointers than simple
// ones go through b2c_core_read.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/fs.h>

struct request {
	struct file *file;
	u64 ts;
};
BPF_HASH(requests, u32, struct request);
BPF_HASH(files, u32, struct file *);

static struct dentry *dentry_of(struct file *file)
{
	// CHECK: return BPF_CORE_READ(file, f_path.dentry);
	return file->f_path.dentry;
}

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	u32 id = bpf_get_current_pid_tgid();
	struct request r = {.file = file};

	requests.update(&id, &r);
	files.update(&id, &file);
	return 0;
}

int kretprobe__vfs_read(struct pt_regs *ctx)
{
	u32 id = bpf_get_current_pid_tgid();
	struct request *r = requests.lookup(&id);
	struct file **filep = files.lookup(&id);
	u64 sum;

	if (!r || !filep)
		return 0;
	// CHECK: sum = b2c_core_read(r->file, f_flags);
	sum = r->file->f_flags;
	// CHECK: sum += b2c_core_read(r->file, f_inode, i_ino) + r->ts;
	sum += r->file->f_inode->i_ino + r->ts;
	// CHECK: sum += BPF_CORE_READ(*filep, f_flags);
	sum += (*filep)->f_flags;
	// CHECK: sum += BPF_CORE_READ(dentry_of(*filep), d_flags);
	sum += dentry_of(*filep)->d_flags;
	// CHECK: sum += b2c_core_read(dentry_of(r->file), d_parent, d_flags);
	sum += dentry_of(r->file)->d_parent->d_flags;
	// CHECK: sum += b2c_core_read((struct inode *)BPF_CORE_READ(*filep, private_data), i_ino);
	sum += ((struct inode *)(*filep)->private_data)->i_ino;
	// CHECK: sum += b2c_core_read((sum ? r->file : *filep), f_flags);
	sum += (sum ? r->file : *filep)->f_flags;
	bpf_trace_printk("%d\n", sum);
	return 0;
}
