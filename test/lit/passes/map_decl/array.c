// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// BPF_ARRAY and BPF_PERCPU_ARRAY: one to three arguments. Slots are u32 for the
// kernel and int for bcc.
// RUN: %bcc2core check --dump=unit --passes=map_decl %s | %FileCheck %s
//
// CHECK: map a1 array key=int value=u64 max_entries=10240 line=
// CHECK: map a2 array key=int value=struct val max_entries=10240 line=
// CHECK: map a3 array key=int value=u32 max_entries=1 line=
// CHECK: map p1 percpu_array key=int value=u64 max_entries=10240 line=
// CHECK: map p3 percpu_array key=int value=struct val max_entries=12 line=
// CHECK: source:
// CHECK: __uint(type, BPF_MAP_TYPE_ARRAY);
// CHECK-NEXT: __uint(max_entries, 10240);
// CHECK-NEXT: __type(key, u32);
// CHECK-NEXT: __type(value, u64);
// CHECK-NEXT: } a1 SEC(".maps");
// CHECK: __type(value, struct val);
// CHECK-NEXT: } a2 SEC(".maps");
// CHECK: __uint(max_entries, 1);
// CHECK-NEXT: __type(key, u32);
// CHECK-NEXT: __type(value, u32);
// CHECK-NEXT: } a3 SEC(".maps");
// CHECK: __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
// CHECK-NEXT: __uint(max_entries, 10240);
// CHECK: } p1 SEC(".maps");
// CHECK: __uint(max_entries, 3 * 4);
// CHECK-NEXT: __type(key, u32);
// CHECK-NEXT: __type(value, struct val);
// CHECK-NEXT: } p3 SEC(".maps");

struct val {
	u64 a;
};
BPF_ARRAY(a1);
BPF_ARRAY(a2, struct val);
BPF_ARRAY(a3, u32, 1);
BPF_PERCPU_ARRAY(p1);
BPF_PERCPU_ARRAY(p3, struct val, 3 * 4);
