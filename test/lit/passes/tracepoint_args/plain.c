// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Members that keep their names, and bcc's common_ ones.
// RUN: %bcc2core check --dump=unit --passes=tracepoint_args %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: u32 tid = args->next_pid;
// CHECK-NEXT: bpf_probe_read_kernel(&e.comm, sizeof(e.comm), args->next_comm);
// CHECK-NEXT: __builtin_memcpy(&e.comm, args->prev_comm, sizeof(e.comm));
// CHECK-NEXT: return args->prev_state + tid;

struct event {
	char comm[16];
};

TRACEPOINT_PROBE(sched, sched_switch)
{
	struct event e = {};
	u32 tid = args->next_pid;
	bpf_probe_read_kernel(&e.comm, sizeof(e.comm), args->next_comm);
	__builtin_memcpy(&e.comm, args->prev_comm, sizeof(e.comm));
	return args->prev_state + tid;
}
