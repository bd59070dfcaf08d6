// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// TRACEPOINT_PROBE, RAW_TRACEPOINT_PROBE and plain functions with bcc's names.
// The record is that of the event's class, as the kernel names it.
// RUN: %bcc2core check --dump=unit --passes=program %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: program tracepoint__sched__sched_wakeup tracepoint target=sched:sched_wakeup self_attach line=
// CHECK: program tracepoint__syscalls__sys_enter_openat tracepoint target=syscalls:sys_enter_openat self_attach line=
// CHECK: program tracepoint__irq__irq_handler_entry tracepoint target=irq:irq_handler_entry self_attach line=
// CHECK: program on_exit tracepoint target=sched:sched_process_exit line=
// CHECK: program raw_tracepoint__sched_switch raw_tracepoint target=sched_switch self_attach line=
// CHECK: program on_raw raw_tracepoint line=
// CHECK: {{^}}SEC("tp/sched/sched_wakeup")
// CHECK-NEXT: {{^}}int tracepoint__sched__sched_wakeup(struct trace_event_raw_sched_wakeup_template *args)
// CHECK-NEXT: {
// CHECK-NEXT: return args->pid;
// CHECK: {{^}}SEC("tp/syscalls/sys_enter_openat")
// CHECK-NEXT: {{^}}int tracepoint__syscalls__sys_enter_openat(struct trace_event_raw_sys_enter *args) { return 0; }
// CHECK: {{^}}SEC("tp/irq/irq_handler_entry")
// CHECK-NEXT: {{^}}int tracepoint__irq__irq_handler_entry(struct trace_event_raw_irq_handler_entry *args)
// CHECK: {{^}}SEC("?tp/sched/sched_process_exit")
// CHECK-NEXT: {{^}}int on_exit(struct trace_event_raw_sched_process_{{template|exit}} *record)
// CHECK: {{^}}SEC("raw_tp/sched_switch")
// CHECK-NEXT: {{^}}int raw_tracepoint__sched_switch(struct bpf_raw_tracepoint_args *ctx)
// CHECK: {{^}}SEC("?raw_tp")
// CHECK-NEXT: {{^}}int on_raw(struct bpf_raw_tracepoint_args *ctx)

TRACEPOINT_PROBE(sched, sched_wakeup)
{
	return args->pid;
}

TRACEPOINT_PROBE(syscalls, sys_enter_openat) { return 0; }

int tracepoint__irq__irq_handler_entry(struct tracepoint__irq__irq_handler_entry *args)
{
	return args->irq;
}

int on_exit(struct tracepoint__sched__sched_process_exit *record)
{
	return record->pid;
}

RAW_TRACEPOINT_PROBE(sched_switch)
{
	return ctx->args[0] != 0;
}

int on_raw(struct bpf_raw_tracepoint_args *ctx)
{
	return 0;
}
