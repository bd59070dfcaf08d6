// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Lines of two kinds, with a line break and without.
int on_getppid(void *ctx)
{
	bpf_trace_printk("call of %d\n", (u32)bpf_get_current_pid_tgid());
	bpf_trace_printk("end: of it");
	return 0;
}
