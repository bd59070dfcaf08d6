// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Without the deref pass each load through a kernel or user pointer is found in the
// emitted code; loads of BPF memory, contexts and typed pointers are not.
// RUN: %not %bcc2core object %s -o %t.o \
// RUN:     --passes=include,constant,map_decl,map_method,program,tracepoint_args,probe_read 2>&1 \
// RUN:     | %FileCheck --implicit-check-not=error: %s
#include <linux/fs.h>
#include <linux/sched.h>
#include <net/sock.h>

struct info {
	struct file *file;
	u64 hits;
};
BPF_HASH(infos, u32, struct info);
BPF_HASH(files, u32, struct file *);

static u32 flags_of(struct file *file)
{
	// CHECK: error: a load from kernel memory is left in the emitted code [raw-deref]
	return file->f_flags;
}

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	u32 id = 0;
	struct info info = {.file = file}, *other = &info;

	files.update(&id, &file);
	infos.update(&id, &info);
	return flags_of(file) + other->hits;
}

int kretprobe__vfs_read(struct pt_regs *ctx)
{
	u32 id = 0;
	struct info *info = infos.lookup(&id);
	struct file **filep = files.lookup(&id);
	char name[4];

	if (!info || !filep)
		return 0;
	// CHECK: error: a load from kernel memory
	__builtin_memcpy(name, &info->file->f_path, 4);
	// CHECK: error: a load from kernel memory
	info->hits += info->file->f_flags;
	// CHECK: error: a load from kernel memory
	return (*filep)->f_flags + PT_REGS_RC(ctx);
}

int syscall__connect(struct pt_regs *ctx, int fd, struct sockaddr_in *addr)
{
	// CHECK: error: a load from user memory
	return addr->sin_port;
}

KFUNC_PROBE(vfs_write, struct file *file, char *buf)
{
	// CHECK: error: a load from kernel memory
	return file->f_flags + file->f_inode->i_ino + *buf;
}

RAW_TRACEPOINT_PROBE(sched_switch)
{
	// CHECK: error: a load from kernel memory
	return ((struct task_struct *)ctx->args[1])->pid;
}

TRACEPOINT_PROBE(syscalls, sys_enter_openat)
{
	// CHECK: error: a load from user memory
	return *args->filename;
}
