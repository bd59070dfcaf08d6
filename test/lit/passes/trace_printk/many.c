// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// More values or strings than old kernels print in one call: whole where the kernel can,
// else in parts, each with its piece of the format.
// RUN: %bcc2core check --dump=unit --passes=trace_printk %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define has_trace_vprintk() bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_trace_vprintk)
// CHECK: b2c_printk_or(has_trace_vprintk(), bpf_printk("a %d%% b %d c %5d d %lld end", n, 2, 3, 4ULL),
// CHECK-SAME: ({ bpf_printk("a %d%s b %d", n, "%", 2); bpf_printk(" c %d d %lld end", 3, 4ULL); }));
// CHECK: if (b2c_printk_or(has_printk_formats(), bpf_printk("%s \"%s\"", name, name),
// CHECK-SAME: ({ bpf_printk("%s", name); bpf_printk(" \"%s\"", name); })))
// CHECK: bpf_printk("%s %d %d", name, 1, 2);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	u32 n = bpf_get_current_pid_tgid();
	char name[16];

	bpf_get_current_comm(name, sizeof(name));
	bpf_trace_printk("a %d%% b %d c %5d d %lld end\n", n, 2, 3, 4ULL);
	if (bpf_trace_printk("%s \"%s\"\n", name, name))
		return 1;
	bpf_trace_printk("%s %d %d\n", name, 1, 2);
	return 0;
}
