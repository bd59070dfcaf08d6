// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Numbers of the host are variables that the tool sets before the load; the clock is a helper's.
// RUN: %bcc2core emit --arch arm64 %s -o %t && %FileCheck %s < %t/values.bpf.c
// RUN: %FileCheck --check-prefix=MAIN %s < %t/values.c
// RUN: %bcc2core object --arch arm64 %s -o %t.o
// RUN: %bcc2core check --dump=unit %s | %FileCheck --check-prefix=X86 %s
//
// CHECK: {{^}}#define PAGE_SHIFT b2c_page_shift
// CHECK-NEXT: {{^}}#define PAGE_SIZE (1UL << PAGE_SHIFT)
// CHECK: {{^}}#define bpf_num_cpus() b2c_nr_cpus
// CHECK: {{^}}/* The number of possible CPUs on the host; set before the load. */
// CHECK-NEXT: {{^}}const volatile int b2c_nr_cpus = 1;
// CHECK-NEXT: {{^}}/* The size of a page as a shift on the host; set before the load. */
// CHECK-NEXT: {{^}}const volatile int b2c_page_shift = 12;
// CHECK: {{^}}extern int CONFIG_HZ __kconfig;
// CHECK: cpus = bpf_num_cpus();
// CHECK-NEXT: pages = count >> PAGE_SHIFT;
// CHECK-NEXT: size = PAGE_SIZE;
// CHECK-NEXT: then = bpf_jiffies64() + HZ;
// CHECK-NEXT: later = bpf_jiffies64();
// CHECK-NEXT: ms = jiffies_to_msecs(later);
//
// MAIN: skel = values_bpf__open_opts(b2c_open_opts(run));
// MAIN: b2c_find_nr_cpus(run, &skel->rodata->b2c_nr_cpus);
// MAIN-NEXT: b2c_find_page_shift(run, &skel->rodata->b2c_page_shift);
// MAIN-NEXT: err = b2c_load(run, skel->obj);
//
// X86: {{^}}host b2c_nr_cpus
// X86-NOT: b2c_page_shift
// X86: {{^}}#define PAGE_SHIFT 12
// X86-NOT: b2c_page_shift
int kprobe__vfs_read(struct pt_regs *ctx, struct file *file, char *buf, size_t count)
{
	u64 cpus, pages, size, then, later, ms;

	cpus = bpf_num_cpus();
	pages = count >> PAGE_SHIFT;
	size = PAGE_SIZE;
	then = jiffies + HZ;
	later = jiffies_64;
	ms = jiffies_to_msecs(later);
	return cpus + pages + size + then + ms;
}
