// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A pointer that is both.
// RUN: %not %bcc2core emit --dump=unit %s 2>&1 | grep -v CHECK | %FileCheck %s
#include <linux/fs.h>

int kprobe__do_sys_open(struct pt_regs *ctx, int dfd, const char __user *name, char *k)
{
	const char *both = dfd ? name : k;
	char buffer[8] = "";

	// CHECK: :[[@LINE+2]]:41: error: 'both' may be kernel or user memory [pointer-mixed]
	// CHECK: help: write bpf_probe_read_user or bpf_probe_read_kernel
	bpf_probe_read(buffer, sizeof(buffer), both);
	return buffer[0];
}
