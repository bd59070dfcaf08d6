// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Kernels before 5.13 have no widths, %c, %X and %%: what they print is the nearest that
// they have. A macro's format may be different at each use, so it stays, with a warning.
// RUN: %bcc2core check --dump=unit --passes=trace_printk %s 2>%t.err | grep -v CHECK | %FileCheck %s
// RUN: %FileCheck --check-prefix=WARN %s < %t.err
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define has_printk_formats() bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_snprintf)
// CHECK: #define SAY(format, ...) bpf_printk("say " format, ##__VA_ARGS__)
// CHECK: #define SHOW(n) b2c_printk_or(has_printk_formats(), bpf_printk("n %04x", n),
// CHECK-SAME: ({ bpf_printk("n %x", n); }))
// CHECK: b2c_printk_or(has_printk_formats(), bpf_printk("a %5d b %-8s c", 1, name),
// CHECK-SAME: ({ bpf_printk("a %d b %s c", 1, name); }));
// CHECK: bpf_printk("100%% of %c %lX", 'x', n), ({ bpf_printk("100%s", "%");
// CHECK-SAME: bpf_printk(" of %s %lx", (char[2]){ 'x' }, n); }));
// CHECK: bpf_printk("at %px", (void *)n), ({ bpf_printk("at %lx", (unsigned long)((void *)n)); }));
// CHECK: bpf_printk("%pS", (void *)n), ({ bpf_printk("%pS", (void *)n); }));
// CHECK: bpf_printk("%pB %pks", (void *)n, name);
// CHECK: SAY("%5d", 3);
// CHECK: SHOW(4);
//
// WARN: warning: kernels before 5.13 print nothing for '%pS' [trace-printk-old]
// WARN: help: send a record with perf_submit
// WARN: warning: kernels before 5.13 print nothing for 'say %5d' [trace-printk-old]

#define SAY(format, ...) bpf_trace_printk("say " format, ##__VA_ARGS__)
#define SHOW(n) bpf_trace_printk("n %04x", n)

int kprobe__vfs_read(struct pt_regs *ctx)
{
	unsigned long n = bpf_get_current_pid_tgid();
	char name[16];

	bpf_get_current_comm(name, sizeof(name));
	bpf_trace_printk("a %5d b %-8s c\n", 1, name);
	bpf_trace_printk("100%% of %c %lX\n", 'x', n);
	bpf_trace_printk("at %px\n", (void *)n);
	bpf_trace_printk("%pS", (void *)n);
	bpf_trace_printk("%pB %pks", (void *)n, name);
	SAY("%5d\n", 3);
	SHOW(4);
	return 0;
}
