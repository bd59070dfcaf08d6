// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Maps that a macro of the program declares: its uses are written out, also
// where names are pasted together and macros use macros.
// RUN: %bcc2core check --dump=unit --passes=map_decl %s | %FileCheck %s
//
// CHECK: map a hash key=u32 value=u64
// CHECK: map b hash key=u32 value=u64
// CHECK: map read_start hash key=u32 value=u64
// CHECK: map read_dist array histogram
// CHECK: map write_start hash key=u32 value=struct val
// CHECK: map inner hash key=u32 value=u64
// CHECK: map v1 hash key=u8 value=u16 max_entries=3
// CHECK: source:
// CHECK: } a SEC(".maps");
// CHECK: } b SEC(".maps");
// CHECK: } read_start SEC(".maps");
// CHECK: } read_dist SEC(".maps");
// CHECK: __type(value, struct val);
// CHECK-NEXT: } write_start SEC(".maps");
// CHECK: } inner SEC(".maps");
// CHECK: } v1 SEC(".maps");

#define MAP(n) BPF_HASH(n, u32)
#define OUTER(n) MAP(n);
#define VARIADIC(n, ...) BPF_HASH(n, __VA_ARGS__);
#define METRIC(name, type) \
	BPF_HASH(name##_start, u32, type); \
	BPF_HISTOGRAM(name##_dist);
struct val {
	u64 a;
};
MAP(a);
MAP(b);
METRIC(read, u64)
METRIC(write, struct val)
OUTER(inner)
VARIADIC(v1, u8, u16, 3)
