// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// BPF_HISTOGRAM: an array for a plain int key, else a hash.
// RUN: %bcc2core check --dump=unit --passes=map_decl %s | %FileCheck %s
//
// CHECK: map d1 array histogram key=int value=u64 max_entries=64 line=
// CHECK: map d2 hash histogram key=struct key value=u64 max_entries=64 line=
// CHECK: map d3 array histogram key=int value=u64 max_entries=32 line=
// CHECK: map d4 hash histogram key=u64 value=u64 max_entries=32 line=
// CHECK: source:
// CHECK: __uint(type, BPF_MAP_TYPE_ARRAY);
// CHECK-NEXT: __uint(max_entries, 64);
// CHECK-NEXT: __type(key, u32);
// CHECK-NEXT: __type(value, u64);
// CHECK-NEXT: } d1 SEC(".maps");
// CHECK: __uint(type, BPF_MAP_TYPE_HASH);
// CHECK-NEXT: __uint(max_entries, 64);
// CHECK-NEXT: __type(key, struct key);
// CHECK-NEXT: __type(value, u64);
// CHECK-NEXT: } d2 SEC(".maps");
// CHECK: __uint(type, BPF_MAP_TYPE_ARRAY);
// CHECK-NEXT: __uint(max_entries, 32);
// CHECK-NEXT: __type(key, int);
// CHECK: } d3 SEC(".maps");
// CHECK: __uint(type, BPF_MAP_TYPE_HASH);
// CHECK-NEXT: __uint(max_entries, 32);
// CHECK-NEXT: __type(key, u64);
// CHECK: } d4 SEC(".maps");

struct key {
	char name[16];
	u64 slot;
};
BPF_HISTOGRAM(d1);
BPF_HISTOGRAM(d2, struct key);
BPF_HISTOGRAM(d3, int, 32);
BPF_HISTOGRAM(d4, u64, 32);
