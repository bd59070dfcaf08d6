// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// In other expressions, in a called function, in branches and loops.
// RUN: %bcc2core emit --arch arm64 --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object --arch arm64 %s -o %t.o
//
// CHECK: {{^}}	return n / bpf_num_cpus() + (n & ~PAGE_MASK ? num_possible_cpus() : 0);
// CHECK: {{^}}	for (int i = 0; i < 4 && i < bpf_num_cpus(); i++)
// CHECK-NEXT: sum += each(count + i * PAGE_SIZE);
// CHECK-NEXT: if (time_after((unsigned long)bpf_jiffies64(), sum + 5 * HZ))
// CHECK-NEXT: sum -= min(count, PAGE_SIZE - 1);
// CHECK-NEXT: return usecs_to_jiffies(sum) > bpf_jiffies64() % HZ;
static u64 each(u64 n)
{
	return n / bpf_num_cpus() + (n & ~PAGE_MASK ? num_possible_cpus() : 0);
}

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file, char *buf, size_t count)
{
	u64 sum = 0;

	for (int i = 0; i < 4 && i < bpf_num_cpus(); i++)
		sum += each(count + i * PAGE_SIZE);
	if (time_after((unsigned long)jiffies, sum + 5 * HZ))
		sum -= min(count, PAGE_SIZE - 1);
	return usecs_to_jiffies(sum) > jiffies % HZ;
}
