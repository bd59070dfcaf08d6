// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Logarithms inside other words' arguments, conditions and called functions.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: static __always_inline u32 slot(u64 n)
// CHECK: SEC("kprobe/vfs_read")
// CHECK-NEXT: int BPF_KPROBE(kprobe__vfs_read, struct file *file, char *buf, size_t count)
// CHECK: b2c_increment(&dist, &(u32){bpf_log2l(bpf_log2l(count))}, 1);
// CHECK-NEXT: return slot(BPF_CORE_READ(file, f_pos));
BPF_HISTOGRAM(dist);

static u32 slot(u64 n)
{
	return n > 1024 ? bpf_log2l(n) : bpf_log2(n) + 1;
}

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file, char *buf, size_t count)
{
	for (int i = 0; i < 2; i++)
		if (bpf_log2(count >> i) > 4)
			dist.increment(bpf_log2l(bpf_log2l(count)));
	return slot(file->f_pos);
}
