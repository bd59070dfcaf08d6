// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A tool says which maps stay empty; an object's loader knows. What can't be
// printed is left out of the default outputs.
// RUN: %bcc2core check --dump=plan %s 2>&1 | %FileCheck %s --implicit-check-not=warning:
// RUN: %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s --check-prefix=OBJECT --allow-empty
//
// CHECK-DAG: table seen
// CHECK-DAG: table routes
// CHECK-DAG: unfilled.c:[[#@LINE+19]]:16: warning: nothing fills map 'progs': only user space can, for kind 'prog' [map-unfilled]
// CHECK-DAG: warning: nothing fills map 'counters': only user space can, for kind 'perf_array' [map-unfilled]
// CHECK-DAG: warning: nothing fills map 'cgroups': only user space can, for kind 'cgroup_array' [map-unfilled]
// CHECK-DAG: warning: nothing fills map 'outer': only user space can, for kind 'array_of_maps' [map-unfilled]
// CHECK-DAG: warning: nothing fills map 'outer_hash': only user space can, for kind 'hash_of_maps' [map-unfilled]
// CHECK-DAG: warning: nothing fills map 'devices': only user space can, for kind 'devmap' [map-unfilled]
// CHECK-DAG: warning: nothing fills map 'cpus': only user space can, for kind 'cpumap' [map-unfilled]
// CHECK-DAG: warning: nothing fills map 'xsks': only user space can, for kind 'xskmap' [map-unfilled]
// CHECK-DAG: warning: the tool does not print map 'queue': its elements can be read only by taking them out [map-unshown]
// OBJECT-NOT: warning

BPF_HASH(seen, u32);
BPF_LPM_TRIE(routes);
BPF_QUEUE(queue, u32, 8);
BPF_TASK_STORAGE(tasks, u32);
BPF_SOCKMAP(socks, 8);
BPF_SOCKHASH(hash);
BPF_TABLE_PINNED("prog", u32, u32, pinned, 4, "/sys/fs/bpf/progs");
/* From here on only user space can fill. */
BPF_PROG_ARRAY(progs, 4);
BPF_PERF_ARRAY(counters, 4);
BPF_CGROUP_ARRAY(cgroups, 4);
BPF_ARRAY_OF_MAPS(outer, "seen", 4);
BPF_HASH_OF_MAPS(outer_hash, "seen");
BPF_DEVMAP(devices, 4);
BPF_CPUMAP(cpus, 4);
BPF_XSKMAP(xsks, 4);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	u32 k = 1;

	seen.increment(k);
	return 0;
}
