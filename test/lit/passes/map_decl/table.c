// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// BPF_TABLE and BPF_F_TABLE: the kind is a word, the types are all given.
// RUN: %bcc2core check --dump=unit --passes=map_decl %s | %FileCheck %s
//
// CHECK: map t1 percpu_array key=int value=struct val max_entries=12 line=
// CHECK: map t2 array key=u32 value=u64 max_entries=12 line=
// CHECK: map t3 lru_hash key=u32 value=u64 max_entries=100 line=
// CHECK: map t4 hash key=u32 value=u64 max_entries=100 flags=0x1 line=
// CHECK: map t5 hash key=struct (unnamed struct at {{.*}}) value=u64 max_entries=10 line=
// CHECK: source:
// CHECK: __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
// CHECK-NEXT: __uint(max_entries, 12);
// CHECK-NEXT: __type(key, int);
// CHECK-NEXT: __type(value, struct val);
// CHECK-NEXT: } t1 SEC(".maps");
// CHECK: __uint(type, BPF_MAP_TYPE_ARRAY);
// CHECK: } t2 SEC(".maps");
// CHECK: __uint(type, BPF_MAP_TYPE_LRU_HASH);
// CHECK: } t3 SEC(".maps");
// CHECK: __uint(type, BPF_MAP_TYPE_HASH);
// CHECK-NEXT: __uint(max_entries, 100);
// CHECK-NEXT: __type(key, u32);
// CHECK-NEXT: __type(value, u64);
// CHECK-NEXT: __uint(map_flags, BPF_F_NO_PREALLOC);
// CHECK-NEXT: } t4 SEC(".maps");
// CHECK: __type(key, struct { u32 a; u32 b; });
// CHECK: } t5 SEC(".maps");

struct val {
	u64 a;
};
BPF_TABLE("percpu_array", int, struct val, t1, 12);
BPF_TABLE("array", u32, u64, t2, 12);
BPF_TABLE("lru_hash", u32, u64, t3, 100);
BPF_F_TABLE("hash", u32, u64, t4, 100, BPF_F_NO_PREALLOC);
BPF_TABLE("hash", struct { u32 a; u32 b; }, u64, t5, 10);
