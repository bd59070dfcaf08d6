// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Through macros of the program; a program's own words of these names are its own.
// RUN: %bcc2core emit --arch arm64 --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object --arch arm64 %s -o %t.o
// RUN: %bcc2core check --dump=unit --arch arm64 -D HZ=100 -D PAGE_SIZE=512 %s | grep -v CHECK | %FileCheck --check-prefix=OWN %s
//
// CHECK: {{^}}const volatile int b2c_nr_cpus = 1;
// CHECK: {{^}}extern int CONFIG_HZ __kconfig;
// CHECK: {{^}}#define SHARE(n) ((n) / bpf_num_cpus())
// CHECK-NEXT: {{^}}#define SECONDS(j) ((j) / HZ)
// CHECK-NEXT: {{^}}#define NOW bpf_jiffies64()
// CHECK: return SHARE(count) + SECONDS(NOW) + ALIGN_DOWN(count, PAGE_SIZE);
//
// OWN: {{^}}#define HZ 100
// OWN-NEXT: {{^}}#define PAGE_SIZE 512
// OWN-NOT: b2c_page_shift
// OWN-NOT: CONFIG_HZ
#define SHARE(n) ((n) / bpf_num_cpus())
#define SECONDS(j) ((j) / HZ)
#define NOW jiffies

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file, char *buf, size_t count)
{
	return SHARE(count) + SECONDS(NOW) + ALIGN_DOWN(count, PAGE_SIZE);
}
