// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Programs, counters and cgroups inside conditions, loops and called functions.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define CUR_CPU_IDENTIFIER BPF_F_CURRENT_CPU
// CHECK: static __always_inline u64 cycles(void)
// CHECK: if (bpf_perf_event_read_value(&counters, CUR_CPU_IDENTIFIER, &v, sizeof(v)) < 0)
// CHECK-NEXT: return bpf_perf_event_read(&counters, bpf_get_smp_processor_id());
// CHECK: SEC("kprobe/vfs_read")
// CHECK: sum += bpf_current_task_under_cgroup(&cgroups, i) > 0 ? bpf_perf_event_read(&counters, i) : cycles();
// CHECK-NEXT: if (sum > 3 && bpf_current_task_under_cgroup(&cgroups, 0))
// CHECK-NEXT: bpf_tail_call(ctx, &progs, sum > 9 ? 1 : 2);
BPF_PROG_ARRAY(progs, 8);
BPF_PERF_ARRAY(counters, 8);
BPF_CGROUP_ARRAY(cgroups, 4);

static u64 cycles(void)
{
	struct bpf_perf_event_value v = {};

	if (counters.perf_counter_value(CUR_CPU_IDENTIFIER, &v, sizeof(v)) < 0)
		return counters.perf_read(bpf_get_smp_processor_id());
	return v.counter;
}

int kprobe__vfs_read(struct pt_regs *ctx)
{
	u64 sum = 0;

	for (int i = 0; i < 4; i++)
		sum += cgroups.check_current_task(i) > 0 ? counters.perf_read(i) : cycles();
	if (sum > 3 && cgroups.check_current_task(0))
		progs.call(ctx, sum > 9 ? 1 : 2);
	return 0;
}
