// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Programs, counters and cgroups by the wrong sort of argument.
// RUN: rm -f %t.o && %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s --implicit-check-not=error:
// RUN: test ! -e %t.o
BPF_PROG_ARRAY(progs, 8);
BPF_PERF_ARRAY(counters, 8);
BPF_CGROUP_ARRAY(cgroups, 4);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct bpf_perf_event_value v = {};

	// CHECK: arrays-errors.c:[[@LINE+4]]:13: error: argument 1 of method 'call' has to be an address, not 'int' [map-method-type]
	// CHECK: help: call it as 'progs.call(ctx, index)'
	// CHECK: arrays-errors.c:[[@LINE+2]]:16: error: argument 2 of method 'call' has to be a number, not 'struct pt_regs *' [map-method-type]
	// CHECK: help: call it as 'progs.call(ctx, index)'
	progs.call(2, ctx);
	// CHECK: arrays-errors.c:[[@LINE+2]]:18: error: argument 2 of method 'call' has to be a number, not 'struct pt_regs *' [map-method-type]
	// CHECK: help: call it as 'progs.call(ctx, index)'
	progs.call(ctx, ctx);
	// CHECK: arrays-errors.c:[[@LINE+2]]:29: error: argument 1 of method 'check_current_task' has to be a number, not 'struct bpf_perf_event_value *' [map-method-type]
	// CHECK: help: call it as 'cgroups.check_current_task(index)'
	cgroups.check_current_task(&v);
	// CHECK: arrays-errors.c:[[@LINE+2]]:2: error: method 'perf_read' takes 1 argument, not 0 [map-method-arity]
	// CHECK: help: call it as 'counters.perf_read(cpu)'
	counters.perf_read();
	// CHECK: arrays-errors.c:[[@LINE+2]]:21: error: argument 1 of method 'perf_read' has to be a number, not 'struct bpf_perf_event_value *' [map-method-type]
	// CHECK: help: call it as 'counters.perf_read(cpu)'
	counters.perf_read(&v);
	// CHECK: arrays-errors.c:[[@LINE+2]]:33: error: argument 2 of method 'perf_counter_value' has to be an address, not 'struct bpf_perf_event_value' [map-method-type]
	// CHECK: help: call it as 'counters.perf_counter_value(cpu, &counts, size)'
	counters.perf_counter_value(0, v, sizeof(v));
	// CHECK: arrays-errors.c:[[@LINE+2]]:2: error: method 'perf_counter_value' takes 3 arguments, not 2 [map-method-arity]
	// CHECK: help: call it as 'counters.perf_counter_value(cpu, &counts, size)'
	counters.perf_counter_value(0, &v);
	return 0;
}
