// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Loads below a condition are kept apart: LLVM would join them to one at a computed place of the
// context, which verifiers refuse. So are those of a macro and of a function that several places have.
// RUN: %bcc2core check --dump=unit --passes=tracepoint_args,helper_inline %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
// RUN: llvm-objdump-19 -dr %t.o | grep -B1 'CO-RE <byte_off>' | %FileCheck %s --check-prefix=OBJECT --implicit-check-not=' = 0x'
//
// CHECK: #define NEXT(record) (b2c_context_load((record)->next_pid))
// CHECK: u32 chosen(struct trace_event_raw_sched_switch *record, int which);
// CHECK: u32 chosen(struct trace_event_raw_sched_switch *record, int which)
// CHECK: return which ? b2c_context_load(record->prev_pid) : b2c_context_load(record->next_pid);
// CHECK: struct trace_event_raw_sched_switch *record = args;
// CHECK: if (args->prev_state && b2c_context_load(args->prev_prio))
// CHECK-NEXT: pid = b2c_context_load(record->prev_pid);
// CHECK-NEXT: else if (b2c_context_load(args->prev_comm[0]))
// CHECK-NEXT: pid = b2c_context_load(args->prev_comm[1]);
// CHECK: for (int i = 0; i < 2; i++)
// CHECK-NEXT: pid += b2c_context_load(args->next_prio);
// CHECK-NEXT: switch (args->next_prio)
// CHECK-NEXT: case 1:
// CHECK-NEXT: pid += b2c_context_load(args->next_pid);
// CHECK: return pid + NEXT(args) + chosen(args, pid);
//
// Every member is read at its place: no address within the context is computed.
// OBJECT: = *(u32 *)(r1 + 0x
// OBJECT: sched_switch::prev_prio
#define NEXT(record) ((record)->next_pid)

u32 chosen(struct tracepoint__sched__sched_switch *record, int which);

u32 chosen(struct tracepoint__sched__sched_switch *record, int which)
{
	return which ? record->prev_pid : record->next_pid;
}

TRACEPOINT_PROBE(sched, sched_switch)
{
	struct tracepoint__sched__sched_switch *record = args;
	u32 pid = 0;

	if (args->prev_state && args->prev_prio)
		pid = record->prev_pid;
	else if (args->prev_comm[0])
		pid = args->prev_comm[1];
	for (int i = 0; i < 2; i++)
		pid += args->next_prio;
	switch (args->next_prio) {
	case 1:
		pid += args->next_pid;
		break;
	default:
		pid += args->prev_pid;
	}
	return pid + NEXT(args) + chosen(args, pid);
}
