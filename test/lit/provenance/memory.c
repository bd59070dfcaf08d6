// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Pointers that maps, records and local variables keep.
// RUN: %bcc2core emit --dump=provenance %s | %FileCheck %s
#include <linux/fs.h>

struct args {
	const char *name;
	struct file *file;
	struct inode *never;
	const char *nothing;
	struct args *self;
};
struct node {
	int x;
	struct node *next;
	struct file *file;
};
BPF_HASH(files, u32, struct file *);
BPF_HASH(names, u32, const char *);
BPF_HASH(addresses, u32, u64);
BPF_HASH(infos, u32, struct args);

int syscall__openat(struct pt_regs *ctx, int dfd, const char *name, struct node *user_node)
{
	u32 id = 0;
	struct args args = {.name = name};
	// What a record as a whole was filled from:
	// CHECK: :[[@LINE+1]]: copy: user
	struct node copy = {};

	infos.update(&id, &args);
	names.update(&id, &name);
	bpf_probe_read_user(&copy, sizeof(copy), user_node);
	// CHECK: :[[@LINE+1]]: next: user
	struct node *next = copy.next;
	return next != 0;
}

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file, struct node *kernel_node)
{
	u32 id = 0;
	u64 address = (u64)file;
	struct args *info = infos.lookup(&id);

	files.update(&id, &file);
	addresses.update(&id, &address);
	if (info)
		info->file = file;
	return 0;
}

int kretprobe__vfs_read(struct pt_regs *ctx)
{
	u32 id = 0;
	// CHECK: :[[@LINE+1]]: filep: bpf
	struct file **filep = files.lookup(&id);
	// CHECK: :[[@LINE+1]]: namep: bpf
	const char **namep = names.lookup(&id);
	// CHECK: :[[@LINE+1]]: addressp: bpf
	u64 *addressp = addresses.lookup(&id);
	// CHECK: :[[@LINE+1]]: info: bpf
	struct args *info = infos.lookup(&id);

	if (!filep || !namep || !addressp || !info)
		return 0;
	// CHECK: :[[@LINE+1]]: file: kernel
	struct file *file = *filep;
	// CHECK: :[[@LINE+1]]: name: user
	const char *name = *namep;
	// CHECK: :[[@LINE+1]]: inode: kernel
	struct inode *inode = (struct inode *)*addressp;
	// CHECK: :[[@LINE+1]]: name2: user
	const char *name2 = info->name;
	// CHECK: :[[@LINE+1]]: file2: kernel
	struct file *file2 = info->file;
	// By the type, as nothing is stored there:
	// CHECK: :[[@LINE+1]]: never: kernel
	struct inode *never = info->never;
	// CHECK: :[[@LINE+1]]: nothing: unknown
	const char *nothing = info->nothing;
	struct args copy = *info;
	// CHECK: :[[@LINE+1]]: name3: user
	const char *name3 = copy.name;
	// CHECK: :[[@LINE+1]]: array: user
	const char *array[2] = {name, name2};
	// CHECK: :[[@LINE+1]]: element: user
	const char *element = array[id & 1];
	// CHECK: :[[@LINE+1]]: null: none
	const char *null = NULL;
	// CHECK: :[[@LINE+1]]: text: bpf
	const char *text = "text";

	return file && inode && file2 && never && nothing && name3 && element && null && text;
}
