// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Where origins meet, a dereference is refused; the pointer alone is not.
// RUN: %not %bcc2core emit --dump=unit %s 2>&1 | %FileCheck --implicit-check-not=error: %s
#include <linux/fs.h>

struct args {
	const char *name;
};
BPF_HASH(infos, u32, struct args);

int syscall__openat(struct pt_regs *ctx, int dfd, const char *name)
{
	u32 id = 0;
	struct args args = {.name = name};

	infos.update(&id, &args);
	return 0;
}

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	u32 id = 0;
	struct args *info = infos.lookup(&id);

	if (!info)
		return 0;
	info->name = (const char *)file->f_path.dentry->d_name.name;
	if (!info->name)
		return 0;
	// CHECK: :[[@LINE+1]]:9: error: '*info->name' may be kernel or user memory [pointer-mixed]
	return *info->name;
}
