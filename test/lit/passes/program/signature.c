// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Prototypes of handlers go, since they get another signature; macros of the
// program that write a part of a signature are written out.
// RUN: %bcc2core check --dump=unit --passes=program,constant %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: source:
// CHECK: {{^}}static int helper(u32 n);
// CHECK-NOT: struct file *file);
// CHECK: {{^}}SEC("kprobe/vfs_read")
// CHECK-NEXT: {{^}}int BPF_KPROBE(kprobe__vfs_read, struct file *file)
// CHECK: {{^}}SEC("kprobe/vfs_write")
// CHECK-NEXT: {{^}}int kprobe__vfs_write(struct pt_regs *ctx) { return 0; }
// CHECK: {{^}}SEC("kprobe/vfs_fsync")
// CHECK-NEXT: {{^}}int BPF_KPROBE(kprobe__vfs_fsync, struct file *file) { return file != 0; }
// CHECK: {{^}}SEC("kprobe/vfs_open")
// CHECK-NEXT: {{^}}int BPF_KPROBE(kprobe__vfs_open, struct path *p) { if (p) BAIL; return 0; }
// CHECK: {{^}}SEC("kprobe/vfs_unlink")
// CHECK-NEXT: {{^}}int kprobe__vfs_unlink(void)
// CHECK: {{^}}SEC("kprobe/vfs_rmdir")
// CHECK-NEXT: {{^}}long kprobe__vfs_rmdir()

#define HANDLER int
#define BAIL return
#define VOID void
#define CTX struct pt_regs *ctx

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file);
static int helper(u32 n);

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	return helper(file != 0);
}

static int helper(u32 n)
{
	return n;
}

HANDLER kprobe__vfs_write(CTX) { return 0; }
HANDLER kprobe__vfs_fsync(CTX, struct file *file) { return file != 0; }
VOID kprobe__vfs_open(struct pt_regs *ctx, struct path *p) { if (p) BAIL; }

int kprobe__vfs_unlink(void)
{
	return 0;
}

long kprobe__vfs_rmdir()
{
	return 0;
}
