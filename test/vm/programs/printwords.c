// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Formats of bpf_trace_printk: widths, letters, percents, several strings and values. */
#define SHOW(n) bpf_trace_printk("in a macro %04x\n", n)

TRACEPOINT_PROBE(syscalls, sys_enter_getppid)
{
	char first[8] = "one", second[8] = "two";

	bpf_trace_printk("width [%5d] [%-5s]\n", 42, first);
	bpf_trace_printk("%d%% of %c, %X\n", 50, 'x', 171);
	bpf_trace_printk("[%s] [%s]\n", first, second);
	bpf_trace_printk("%d %d %d %d %s\n", 1, 2, 3, 4, first);
	SHOW(255);
	return 0;
}
