// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Programs, counters and cgroups that macros of the program write.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define CUR_CPU_IDENTIFIER BPF_F_CURRENT_CPU
// CHECK: #define NEXT(n) bpf_tail_call(ctx, &progs, n)
// CHECK-NEXT: #define INSIDE(n) (bpf_current_task_under_cgroup(&cgroups, n) > 0)
// CHECK-NEXT: #define READ_CPU(m, cpu) bpf_perf_event_read(&m, cpu)
// CHECK-NEXT: #define VALUE(m, cpu, v) bpf_perf_event_read_value(&m, cpu, &v, sizeof(v))
// CHECK: SEC("kprobe/vfs_read")
BPF_PROG_ARRAY(progs, 8);
BPF_PERF_ARRAY(counters, 8);
BPF_CGROUP_ARRAY(cgroups, 4);

#define NEXT(n) progs.call(ctx, n)
#define INSIDE(n) (cgroups.check_current_task(n) > 0)
#define READ_CPU(m, cpu) m.perf_read(cpu)
#define VALUE(m, cpu, v) m.perf_counter_value(cpu, &v, sizeof(v))

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct bpf_perf_event_value v = {};
	u64 sum = READ_CPU(counters, CUR_CPU_IDENTIFIER);

	if (INSIDE(0) || !VALUE(counters, CUR_CPU_IDENTIFIER, v))
		NEXT(sum > v.counter);
	return 0;
}
