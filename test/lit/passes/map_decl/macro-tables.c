// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Tables and hashes that macros of the program declare.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: map slots percpu_array key=u32 value=struct val max_entries=64
// CHECK: map recent lru_hash key=u32 value=u64 max_entries=64
// CHECK: map flagged hash key=u32 value=struct val max_entries=64 flags=0x1
// CHECK: map shared array key=int value=u64 max_entries=8
// CHECK: map public hash key=u64 value=u64 max_entries=8
// CHECK: map per_cpu percpu_hash key=u32 value=struct val max_entries=32
// CHECK: map in_lru lru_hash key=u32 value=u64 max_entries=10240
// CHECK: map in_lru_percpu lru_percpu_hash key=u64 value=u32 max_entries=16
// CHECK: } slots SEC(".maps");
// CHECK: } recent SEC(".maps");
// CHECK: } flagged SEC(".maps");
// CHECK: } shared SEC(".maps");
// CHECK: } public SEC(".maps");
// CHECK: } per_cpu SEC(".maps");
// CHECK: } in_lru SEC(".maps");
// CHECK: } in_lru_percpu SEC(".maps");
// CHECK: SEC("?kprobe")
struct val {
	u64 n;
};

#define TABLE(kind, name, value) BPF_TABLE(kind, u32, value, name, 64)
#define FLAGGED(name, value) BPF_F_TABLE("hash", u32, value, name, 64, BPF_F_NO_PREALLOC)
#define SHARED(name) BPF_TABLE_SHARED("array", int, u64, name, 8)
#define PUBLIC(name) BPF_TABLE_PUBLIC("hash", u64, u64, name, 8)
#define PER_CPU(name, value) BPF_PERCPU_HASH(name, u32, value, 32)
#define LRU(name) BPF_LRU_HASH(name##_lru, u32); BPF_LRU_PERCPU_HASH(name##_lru_percpu, u64, u32, 16)

TABLE("percpu_array", slots, struct val);
TABLE("lru_hash", recent, u64);
FLAGGED(flagged, struct val);
SHARED(shared);
PUBLIC(public);
PER_CPU(per_cpu, struct val);
LRU(in);

int f(struct pt_regs *ctx)
{
	return 0;
}
