// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Tables for other modules of the process: of a tool, which has none, the declaration is left.
// RUN: %bcc2core check --dump=unit --passes=map_decl %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: map one hash key=u32 value=struct val max_entries=16 line=
// CHECK: map two percpu_array key=int value=u64 max_entries=4 line=
// CHECK: map three queue value=u64 max_entries=8 line=
// CHECK: map four stack value=u64 max_entries=8 flags=0x8 line=
// CHECK: source:
// CHECK: } one SEC(".maps");
// CHECK: } two SEC(".maps");
// CHECK: } three SEC(".maps");
// CHECK: __uint(map_flags, BPF_F_RDONLY);
// CHECK-NEXT: } four SEC(".maps");

struct val {
	u64 a;
};
BPF_TABLE_PUBLIC("hash", u32, struct val, one, 16);
BPF_TABLE_SHARED("percpu_array", int, u64, two, 4);
BPF_QUEUESTACK_PUBLIC("queue", three, u64, 8, 0);
BPF_QUEUESTACK_SHARED("stack", four, u64, 8, BPF_F_RDONLY);

int f(struct pt_regs *ctx)
{
	return 0;
}
