// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// bpf_trace_printk becomes bpf_printk, which keeps the format in rodata: with
// up to three values, with literals in parts, in a macro. The kernel ends
// the line itself.
// RUN: %bcc2core check --dump=unit --passes=trace_printk %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: uses trace_printk
// CHECK: #define SAY(format, ...) bpf_printk("say " format, ##__VA_ARGS__)
// CHECK: bpf_printk("hello");
// CHECK-NEXT: bpf_printk("%d %s" " %lx", 1, "two", n);
// CHECK-NEXT: SAY("%d", 3);
// CHECK-NEXT: SAY("none");
// CHECK-NEXT: if (n)
// CHECK-NEXT: bpf_printk("n %d", n ? 1 : 2);

#define SAY(format, ...) bpf_trace_printk("say " format, ##__VA_ARGS__)

int kprobe__vfs_read(struct pt_regs *ctx)
{
	unsigned long n = bpf_get_current_pid_tgid();
	bpf_trace_printk("hello\n");
	bpf_trace_printk("%d %s" " %lx\n", 1, "two", n);
	SAY("%d\n", 3);
	SAY("none\n");
	if (n)
		bpf_trace_printk("n %d\n", n ? 1 : 2);
	return 0;
}
