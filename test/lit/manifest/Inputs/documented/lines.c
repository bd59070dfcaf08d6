// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
BPF_HISTOGRAM(latency);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	latency.increment(bpf_log2l(bpf_ktime_get_ns() & 1023));
	return 0;
}
