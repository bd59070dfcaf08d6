// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Says hello whenever a process makes a directory. */
int syscall__mkdirat(void *ctx)
{
	bpf_trace_printk("Hello, directory!\n");
	return 0;
}
