// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Dynamic strings: data_loc_ members and bcc's TP_DATA_LOC_READ family.
// RUN: %bcc2core check --dump=unit --passes=tracepoint_args %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: char *at = (char *)args + (args->__data_loc_filename & 0xffff);
// CHECK-NEXT: bpf_probe_read_kernel(&e.name, sizeof(e.name), (void *)args + (args->__data_loc_filename & 0xffff));
// CHECK-NEXT: bpf_probe_read_kernel_str(e.name, 16, (void *)args + (args->__data_loc_filename & 0xffff));
// CHECK-NEXT: bpf_probe_read_kernel(e.name, args->__data_loc_filename >> 16, (void *)args + (args->__data_loc_filename & 0xffff));
// CHECK-NEXT: return at && b2c_context_load(args->pid);

struct event {
	char name[64];
};

TRACEPOINT_PROBE(sched, sched_process_exec)
{
	struct event e = {};
	char *at = (char *)args + (args->data_loc_filename & 0xffff);
	TP_DATA_LOC_READ_CONST(&e.name, filename, sizeof(e.name));
	TP_DATA_LOC_READ_STR(e.name, filename, 16);
	TP_DATA_LOC_READ(e.name, filename);
	return at && args->pid;
}
