// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// BPF_HASH and its three kin: one to four arguments and their defaults.
// RUN: %bcc2core check --dump=unit --passes=map_decl %s | %FileCheck %s
//
// CHECK: map h1 hash key=u64 value=u64 max_entries=10240 line=
// CHECK: map h2 hash key=u32 value=u64 max_entries=10240 line=
// CHECK: map h3 hash key=u32 value=struct val max_entries=10240 line=
// CHECK: map h4 hash key=struct val * value=unsigned int max_entries=4096 line=
// CHECK: map l1 lru_hash key=u64 value=u64 max_entries=10240 line=
// CHECK: map l4 lru_hash key=u32 value=int max_entries=77 line=
// CHECK: map p1 percpu_hash key=u64 value=u64 max_entries=10240 line=
// CHECK: map p3 percpu_hash key=u8 value=struct val max_entries=10240 line=
// CHECK: map lp2 lru_percpu_hash key=char value=u64 max_entries=10240 line=
// CHECK: map e hash key=u64 value=u64 max_entries=5 line=
// CHECK: source:
// CHECK: struct {
// CHECK-NEXT: __uint(type, BPF_MAP_TYPE_HASH);
// CHECK-NEXT: __uint(max_entries, 10240);
// CHECK-NEXT: __type(key, u64);
// CHECK-NEXT: __type(value, u64);
// CHECK-NEXT: } h1 SEC(".maps");
// CHECK: __type(key, u32);
// CHECK-NEXT: __type(value, u64);
// CHECK-NEXT: } h2 SEC(".maps");
// CHECK: __type(key, u32);
// CHECK-NEXT: __type(value, struct val);
// CHECK-NEXT: } h3 SEC(".maps");
// CHECK: __uint(max_entries, 1 << 12);
// CHECK-NEXT: __type(key, struct val *);
// CHECK-NEXT: __type(value, unsigned int);
// CHECK-NEXT: } h4 SEC(".maps");
// CHECK: __uint(type, BPF_MAP_TYPE_LRU_HASH);
// CHECK-NEXT: __uint(max_entries, 10240);
// CHECK-NEXT: __type(key, u64);
// CHECK-NEXT: __type(value, u64);
// CHECK-NEXT: } l1 SEC(".maps");
// CHECK: __uint(max_entries, SIZE);
// CHECK: } l4 SEC(".maps");
// CHECK: __uint(type, BPF_MAP_TYPE_PERCPU_HASH);
// CHECK: } p1 SEC(".maps");
// CHECK: __uint(type, BPF_MAP_TYPE_PERCPU_HASH);
// CHECK: __type(value, struct val);
// CHECK-NEXT: } p3 SEC(".maps");
// CHECK: __uint(type, BPF_MAP_TYPE_LRU_PERCPU_HASH);
// CHECK: __type(key, char);
// CHECK: } lp2 SEC(".maps");
// CHECK: __uint(max_entries, FIVE);
// CHECK: } e SEC(".maps");
// CHECK-NOT: BPF_

#define SIZE 77
struct val {
	u64 a;
	u32 b;
};
BPF_HASH(h1);
BPF_HASH(h2, u32);
BPF_HASH(h3, u32, struct val);
BPF_HASH(h4, struct val *, unsigned int, 1 << 12);
BPF_LRU_HASH(l1);
BPF_LRU_HASH(l4, u32, int, SIZE);
BPF_PERCPU_HASH(p1);
BPF_PERCPU_HASH(p3, u8, struct val);
BPF_LRU_PERCPU_HASH(lp2, char);
enum { FIVE = 5 };
BPF_HASH(e, u64, u64, FIVE);
