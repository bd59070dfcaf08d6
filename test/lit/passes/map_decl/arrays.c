// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Arrays of programs, counters, cgroups, devices, CPUs and sockets: sizes instead
// of types, since the kernel wants no BTF for them.
// RUN: %bcc2core check --dump=unit --passes=map_decl %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: map progs prog key=u32 value=u32 max_entries=4 line=
// CHECK: map counters perf_array key=u32 value=u32 max_entries=128 line=
// CHECK: map cgroups cgroup_array key=u32 value=u32 max_entries=1 line=
// CHECK: map devices devmap
// CHECK: map cpus cpumap
// CHECK: map xsks xskmap
// CHECK: map values devmap key=int value=struct bpf_devmap_val max_entries=8 line=
// CHECK: source:
// CHECK: __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
// CHECK-NEXT: __uint(max_entries, 4);
// CHECK-NEXT: __uint(key_size, sizeof(u32));
// CHECK-NEXT: __uint(value_size, sizeof(u32));
// CHECK-NEXT: } progs SEC(".maps");
// CHECK: __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
// CHECK-NEXT: __uint(max_entries, NUM);
// CHECK-NEXT: __uint(key_size, sizeof(u32));
// CHECK-NEXT: __uint(value_size, sizeof(u32));
// CHECK-NEXT: } counters SEC(".maps");
// CHECK: __uint(type, BPF_MAP_TYPE_CGROUP_ARRAY);
// CHECK: __uint(type, BPF_MAP_TYPE_DEVMAP);
// CHECK: __uint(type, BPF_MAP_TYPE_CPUMAP);
// CHECK: __uint(type, BPF_MAP_TYPE_XSKMAP);
// CHECK-NEXT: __uint(max_entries, 8);
// CHECK-NEXT: __uint(key_size, sizeof(u32));
// CHECK-NEXT: __uint(value_size, sizeof(u32));
// CHECK-NEXT: } xsks SEC(".maps");
// CHECK: __uint(key_size, sizeof(int));
// CHECK-NEXT: __uint(value_size, sizeof(struct bpf_devmap_val));
// CHECK-NEXT: } values SEC(".maps");

#define NUM 128
BPF_PROG_ARRAY(progs, 4);
BPF_PERF_ARRAY(counters, NUM);
BPF_CGROUP_ARRAY(cgroups, 1);
BPF_DEVMAP(devices, 8);
BPF_CPUMAP(cpus, 8);
BPF_XSKMAP(xsks, 8);
BPF_TABLE("devmap", int, struct bpf_devmap_val, values, 8);

int f(struct pt_regs *ctx)
{
	return 0;
}
