// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// kprobe__ and kretprobe__ functions: with the context alone, with parameters,
// with another name for the context; functions that others call are helpers.
// RUN: %bcc2core check --dump=unit --passes=program %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: program kprobe__vfs_read kprobe target=vfs_read self_attach line=
// CHECK: program kprobe__vfs_write kprobe target=vfs_write self_attach line=
// CHECK: program kprobe__vfs_open kprobe target=vfs_open self_attach line=
// CHECK: program kprobe__vfs_fsync kprobe target=vfs_fsync self_attach line=
// CHECK: program kretprobe__vfs_read kretprobe target=vfs_read self_attach line=
// CHECK: program by_context kprobe line=
// CHECK-NOT: program
// CHECK: source:
// CHECK: {{^}}static int shared(struct pt_regs *ctx, u32 n)
// CHECK: {{^}}SEC("kprobe/vfs_read")
// CHECK-NEXT: {{^}}int kprobe__vfs_read(struct pt_regs *ctx)
// CHECK-NEXT: {
// CHECK-NEXT: return shared(ctx, 1);
// CHECK: {{^}}SEC("kprobe/vfs_write")
// CHECK-NEXT: {{^}}int BPF_KPROBE(kprobe__vfs_write, struct file *file, const char *buf, size_t count)
// CHECK-NEXT: {
// CHECK-NEXT: return shared(ctx, count);
// CHECK: {{^}}SEC("kprobe/vfs_open")
// CHECK-NEXT: {{^}}int BPF_KPROBE(kprobe__vfs_open,
// CHECK-NEXT: const struct path *path)
// CHECK-NEXT: {
// CHECK-NEXT: struct pt_regs *regs = ctx;
// CHECK: return shared(regs, path != 0);
// CHECK: {{^}}SEC("kprobe/vfs_fsync")
// CHECK-NEXT: {{^}}int BPF_KPROBE(kprobe__vfs_fsync, struct file *file)
// CHECK: {{^}}SEC("kprobe/vfs_llseek")
// CHECK-NEXT: {{^}}int BPF_KPROBE(kprobe__vfs_llseek, struct file *file)
// CHECK-NEXT: {
// CHECK-NEXT: return file == 0;
// CHECK: {{^}}SEC("kretprobe/vfs_read")
// CHECK-NEXT: {{^}}int kretprobe__vfs_read(struct pt_regs *ctx)
// CHECK: {{^}}SEC("?kprobe")
// CHECK-NEXT: {{^}}int by_context(struct pt_regs *context)

static int shared(struct pt_regs *ctx, u32 n)
{
	return n;
}

int kprobe__vfs_read(struct pt_regs *ctx)
{
	return shared(ctx, 1);
}

int kprobe__vfs_write(struct pt_regs *ctx, struct file *file, const char *buf, size_t count)
{
	return shared(ctx, count);
}

int kprobe__vfs_open(struct pt_regs *regs,
		     const struct path *path)
{
	return shared(regs, path != 0);
}

int kprobe__vfs_fsync(struct pt_regs *, struct file *file)
{
	return file != 0;
}

/* A context that nothing uses is not declared. */
int kprobe__vfs_llseek(struct pt_regs *unused, struct file *file)
{
	return file == 0;
}

int kretprobe__vfs_read(struct pt_regs *ctx)
{
	return shared(ctx, PT_REGS_RC(ctx));
}

int by_context(struct pt_regs *context)
{
	return shared(context, 2);
}
