// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Logarithms that macros of the program take.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define COUNT(n) b2c_increment(&dist, &(u32){bpf_log2(n)}, 1)
// CHECK: SEC("kprobe/vfs_read")
// CHECK-NEXT: int BPF_KPROBE(kprobe__vfs_read, struct file *file, char *buf, size_t count)
BPF_HISTOGRAM(dist);

#define SLOT(n) bpf_log2l((n) / 1000)
#define COUNT(n) dist.increment(bpf_log2(n))

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file, char *buf, size_t count)
{
	COUNT(count);
	COUNT(count + 1);
	return SLOT(count);
}
