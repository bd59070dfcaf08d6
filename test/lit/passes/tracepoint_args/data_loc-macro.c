// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Strings of tracepoints that macros of the program read.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define WHOLE(n) bpf_probe_read_kernel(n.text, b2c_context_load(args->__data_loc_filename) >> 16, (void *)args + (b2c_context_load(args->__data_loc_filename) & 0xffff))
// CHECK-NEXT: #define START(n, size) bpf_probe_read_kernel(n.text, size, (void *)args + (b2c_context_load(args->__data_loc_filename) & 0xffff))
// CHECK-NEXT: #define STRING(n, field) bpf_probe_read_kernel_str(n.text, sizeof(n.text), (void *)args + (b2c_context_load(args->__data_loc_##field) & 0xffff))
// CHECK: SEC("tp/sched/sched_process_exec")
// CHECK-NEXT: int tracepoint__sched__sched_process_exec(struct trace_event_raw_sched_process_exec *args)
// CHECK: b2c_increment(&names, &name, 1, &names_full);
struct name {
	char text[16];
};
BPF_HASH(names, struct name);

#define WHOLE(n) TP_DATA_LOC_READ(n.text, filename)
#define START(n, size) TP_DATA_LOC_READ_CONST(n.text, filename, size)
#define STRING(n, field) TP_DATA_LOC_READ_STR(n.text, field, sizeof(n.text))

TRACEPOINT_PROBE(sched, sched_process_exec)
{
	struct name name = {};

	if (args->pid > 1)
		WHOLE(name);
	else
		START(name, 8);
	STRING(name, filename);
	names.increment(name);
	return 0;
}
