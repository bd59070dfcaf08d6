// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Lines that macros of the program print.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define SAY(text) bpf_printk(text "")
// CHECK-NEXT: #define SHOW(format, ...) bpf_printk(format "", ##__VA_ARGS__)
// CHECK-NEXT: #define BOTH(a, b) bpf_printk("%d %d", a, b)
// CHECK: SEC("kprobe/vfs_read")
// CHECK-NEXT: int BPF_KPROBE(kprobe__vfs_read, struct file *file, char *buf, size_t count)
// CHECK: BOTH((int)count, (int)BPF_CORE_READ(file, f_flags));
#define SAY(text) bpf_trace_printk(text "\n")
#define SHOW(format, ...) bpf_trace_printk(format "\n", ##__VA_ARGS__)
#define BOTH(a, b) bpf_trace_printk("%d %d\n", a, b)

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file, char *buf, size_t count)
{
	SAY("read");
	SHOW("of %lu", count);
	SHOW("done");
	BOTH((int)count, (int)file->f_flags);
	return 0;
}
