// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// The kernel wants an int: void handlers return 0, also early, or after a void call; void helpers stay.
// RUN: %bcc2core check --dump=unit --passes=program %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: {{^}}static void helper(u32 n)
// CHECK: return;
// CHECK: {{^}}SEC("kprobe/vfs_open")
// CHECK-NEXT: {{^}}int BPF_KPROBE(kprobe__vfs_open, const struct path *path)
// CHECK-NEXT: {
// CHECK-NEXT: if (!path)
// CHECK-NEXT: return 0;
// CHECK-NEXT: helper(1);
// CHECK-NEXT: {{^	}}return 0;
// CHECK-NEXT: {{^}}}
// CHECK: {{^}}int kprobe__vfs_read(struct pt_regs *ctx) { helper(3); return 0; }
// CHECK: {{^}}int kprobe__vfs_write(struct pt_regs *ctx) {return 0; }
// CHECK: {{^}}int kprobe__vfs_fsync(struct pt_regs *ctx)
// CHECK-NEXT: {
// CHECK-NEXT: helper(4);
// CHECK-NEXT: return 0;
// CHECK-NEXT: {{^}}}
// CHECK: {{^}}int kprobe__vfs_rmdir(struct pt_regs *ctx)
// CHECK-NEXT: {
// CHECK-NEXT: if (bpf_get_smp_processor_id())
// CHECK-NEXT: return helper(5), 0;
// CHECK-NEXT: else
// CHECK-NEXT: return helper(6), 0;
// CHECK-NEXT: {{^	}}return 0;
// CHECK-NEXT: {{^}}}

static void helper(u32 n)
{
	if (n > 2)
		return;
}

void kprobe__vfs_open(struct pt_regs *ctx, const struct path *path)
{
	if (!path)
		return;
	helper(1);
}

void kprobe__vfs_read(struct pt_regs *ctx) { helper(3); }

void kprobe__vfs_write(struct pt_regs *ctx) {}

void kprobe__vfs_fsync(struct pt_regs *ctx)
{
	helper(4);
	return;
}

void kprobe__vfs_rmdir(struct pt_regs *ctx)
{
	if (bpf_get_smp_processor_id())
		return helper(5);
	else
		return helper(6);
}
