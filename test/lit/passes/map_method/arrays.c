// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Methods of arrays of programs, counters and cgroups, of queues' sizes and of
// records with a packet, also nested and in macros.
// RUN: %bcc2core check --dump=unit --passes=map_method %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: map events perf_output event=struct event line=
// CHECK: #define UNDER(i) (bpf_current_task_under_cgroup(&cgroups, i) > 0)
// CHECK: if (bpf_current_task_under_cgroup(&cgroups, 0) <= 0 && !UNDER(which))
// CHECK-NEXT: return 0;
// CHECK-NEXT: u64 n = bpf_perf_event_read(&counters, which) + bpf_perf_event_read(&counters, CUR_CPU_IDENTIFIER);
// CHECK-NEXT: if (!bpf_perf_event_read_value(&counters, BPF_F_CURRENT_CPU, &value, sizeof(value)))
// CHECK-NEXT: n += value.counter;
// CHECK-NEXT: if (bpf_ringbuf_query(&ring, BPF_RB_AVAIL_DATA) > n)
// CHECK-NEXT: bpf_tail_call(ctx, &progs, which + 1);
// CHECK-NEXT: bpf_tail_call(ctx, &progs, 0);
// CHECK: b2c_perf_submit_skb(skb, &events, skb->len, &e, sizeof(e), events_lost);

struct event {
	u32 n;
};
BPF_PROG_ARRAY(progs, 4);
BPF_PERF_ARRAY(counters, 128);
BPF_CGROUP_ARRAY(cgroups, 2);
BPF_RINGBUF_OUTPUT(ring, 1);
BPF_PERF_OUTPUT(events);

#define UNDER(i) (cgroups.check_current_task(i) > 0)

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct bpf_perf_event_value value = {};
	u32 which = 1;

	if (cgroups.check_current_task(0) <= 0 && !UNDER(which))
		return 0;
	u64 n = counters.perf_read(which) + counters.perf_read(CUR_CPU_IDENTIFIER);
	if (!counters.perf_counter_value(BPF_F_CURRENT_CPU, &value, sizeof(value)))
		n += value.counter;
	if (ring.ringbuf_query(BPF_RB_AVAIL_DATA) > n)
		progs.call(ctx, which + 1);
	progs.call(ctx, 0);
	return 0;
}

int filter(struct __sk_buff *skb)
{
	struct event e = {.n = 1};

	events.perf_submit_skb(skb, skb->len, &e, sizeof(e));
	return 0;
}
