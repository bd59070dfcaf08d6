// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Handlers that a macro of the program writes: its uses are written out.
// RUN: %bcc2core check --dump=unit --passes=program %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: program kprobe__vfs_read kprobe target=vfs_read self_attach line=
// CHECK: program kprobe__vfs_write kprobe target=vfs_write self_attach line=
// CHECK: program kretprobe__vfs_read kretprobe target=vfs_read self_attach line=
// CHECK: SEC("kprobe/vfs_read")
// CHECK-NEXT: int BPF_KPROBE(kprobe__vfs_read, struct file *file) { return file != 0; }
// CHECK: SEC("kprobe/vfs_write")
// CHECK-NEXT: int BPF_KPROBE(kprobe__vfs_write, struct file *file) { return file != 0; }
// CHECK: SEC("kretprobe/vfs_read")
// CHECK-NEXT: int kretprobe__vfs_read(struct pt_regs *ctx) { return 0; }

#define TRACE(function) \
	int kprobe__##function(struct pt_regs *ctx, struct file *file) { return file != 0; }
#define TRACE_END(function) int kretprobe__##function(struct pt_regs *ctx) { return 0; }

TRACE(vfs_read)
TRACE(vfs_write)
TRACE_END(vfs_read)
