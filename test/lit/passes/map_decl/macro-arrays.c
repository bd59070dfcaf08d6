// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Arrays of numbers, programs, counters, cgroups, devices and sockets that macros of the program declare.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: map n array key=int value=u64 max_entries=4
// CHECK: map n_percpu percpu_array key=int value=u32 max_entries=8
// CHECK: map devices devmap key=u32 value=u32 max_entries=8
// CHECK: map cpus cpumap key=u32 value=u32 max_entries=8
// CHECK: map xsks xskmap key=u32 value=int max_entries=8
// CHECK: map socks sockmap key=u32 value=int max_entries=16
// CHECK: map hash sockhash key=u64 value=int max_entries=16
// CHECK: map next prog key=u32 value=u32 max_entries=4
// CHECK: map cycles perf_array key=u32 value=u32 max_entries=128
// CHECK: map groups cgroup_array key=u32 value=u32 max_entries=2
// CHECK: map of_n hash_of_maps key=u32 value=int max_entries=8 inner=n
// CHECK: } n SEC(".maps");
// CHECK: } n_percpu SEC(".maps");
// CHECK: } devices SEC(".maps");
// CHECK: } cpus SEC(".maps");
// CHECK: } xsks SEC(".maps");
// CHECK: } socks SEC(".maps");
// CHECK: } hash SEC(".maps");
// CHECK: } next SEC(".maps");
// CHECK: } cycles SEC(".maps");
// CHECK: } groups SEC(".maps");
// CHECK: } of_n SEC(".maps");
// CHECK: SEC("?kprobe")
#define NUMBERS(name, n) BPF_ARRAY(name, u64, n); BPF_PERCPU_ARRAY(name##_percpu, u32, 2 * n)
#define TARGETS(n) BPF_DEVMAP(devices, n); BPF_CPUMAP(cpus, n); BPF_XSKMAP(xsks, n)
#define SOCKETS(n) BPF_SOCKMAP(socks, n); BPF_SOCKHASH(hash, u64, n)
#define NEXT(name) BPF_PROG_ARRAY(name, 4)
#define COUNTERS(name) BPF_PERF_ARRAY(name, NR_CPUS)
#define GROUPS(name) BPF_CGROUP_ARRAY(name, 2)
#define OF(inner) BPF_HASH_OF_MAPS(of_##inner, u32, #inner, 8)
#define NR_CPUS 128

NUMBERS(n, 4);
TARGETS(8);
SOCKETS(16);
NEXT(next);
COUNTERS(cycles);
GROUPS(groups);
OF(n);

int f(struct pt_regs *ctx)
{
	return 0;
}
