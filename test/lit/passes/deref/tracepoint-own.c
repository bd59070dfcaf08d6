// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// An array in the program's own record of a tracepoint, whose address another function takes.
// RUN: echo '{attach: [{run: on_switch, tracepoint: "sched:sched_switch"}]}' > %t.yaml
// RUN: %bcc2core emit --dump=unit -m %t.yaml %s | %FileCheck %s
// RUN: %bcc2core object -m %t.yaml %s -o %t.o
//
// CHECK: {{^}}	for (int i = 0; i < 4; i++) {
// CHECK-NEXT: {{^}}		if (b2c_deref(&comm[i]) == 'k')
// CHECK: {{^}}int on_switch(struct trace_event_raw_sched_switch *args)
// CHECK: has_k(args->prev_comm) && args->prev_comm[0] == args->next_pid;
struct switch_args {
	u64 unused;
	char prev_comm[16];
	pid_t prev_pid;
	int prev_prio;
	long prev_state;
	char next_comm[16];
	pid_t next_pid;
};

static int has_k(char *comm)
{
	for (int i = 0; i < 4; i++) {
		if (comm[i] == 'k')
			return 1;
	}
	return 0;
}

int on_switch(struct switch_args *args)
{
	return has_k(args->prev_comm) && args->prev_comm[0] == args->next_pid;
}
