// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Strings of tracepoints inside conditions and loops.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: SEC("tp/sched/sched_process_exec")
// CHECK-NEXT: int tracepoint__sched__sched_process_exec(struct trace_event_raw_sched_process_exec *args)
// CHECK: u32 key = 0, *size = bpf_map_lookup_elem(&sizes, &key);
// CHECK: bpf_probe_read_kernel_str(name.text, *size & 15, (void *)args + (b2c_context_load(args->__data_loc_filename) & 0xffff));
// CHECK-NEXT: bpf_probe_read_kernel(name.text, BPF_CORE_READ(task, tgid) & 7, (void *)args + (args->__data_loc_filename & 0xffff));
// CHECK-NEXT: bpf_probe_read_kernel_str(bpf_map_lookup_elem(&sizes, &key), 4, (void *)args + (args->__data_loc_filename & 0xffff));
// CHECK: bpf_probe_read_kernel(name.text, b2c_context_load(args->__data_loc_filename) >> 16, (void *)args + (b2c_context_load(args->__data_loc_filename) & 0xffff));
// CHECK: bpf_probe_read_kernel(name.text, 8, (void *)args + (b2c_context_load(args->__data_loc_filename) & 0xffff));
// CHECK: bpf_probe_read_kernel_str(&name.text[i], sizeof(name.text) - 1, (void *)args + (b2c_context_load(args->__data_loc_filename) & 0xffff));
// CHECK-NEXT: b2c_increment(&names, &name, 1, &names_full);
struct name {
	char text[16];
};
BPF_HASH(names, struct name);
BPF_HASH(sizes, u32, u32);

TRACEPOINT_PROBE(sched, sched_process_exec)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	u32 key = 0, *size = sizes.lookup(&key);
	struct name name = {};

	if (size)
		TP_DATA_LOC_READ_STR(name.text, filename, *size & 15);
	TP_DATA_LOC_READ_CONST(name.text, filename, task->tgid & 7);
	TP_DATA_LOC_READ_STR(sizes.lookup(&key), filename, 4);
	if (args->pid > 1)
		TP_DATA_LOC_READ(name.text, filename);
	else
		TP_DATA_LOC_READ_CONST(name.text, filename, 8);
	for (int i = 0; i < 2; i++)
		if (i || args->pid) {
			TP_DATA_LOC_READ_STR(&name.text[i], filename, sizeof(name.text) - 1);
			names.increment(name);
		}
	return 0;
}
