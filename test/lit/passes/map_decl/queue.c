// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Queues and stacks have values only.
// RUN: %bcc2core check --dump=unit --passes=map_decl %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: map q queue value=struct val max_entries=8 line=
// CHECK: map s stack value=u64 max_entries=8 flags=0x10 line=
// CHECK: source:
// CHECK: __uint(type, BPF_MAP_TYPE_QUEUE);
// CHECK-NEXT: __uint(max_entries, 8);
// CHECK-NEXT: __uint(key_size, 0);
// CHECK-NEXT: __uint(value_size, sizeof(struct val));
// CHECK-NEXT: } q SEC(".maps");
// CHECK: __uint(type, BPF_MAP_TYPE_STACK);
// CHECK-NEXT: __uint(max_entries, 2 * 4);
// CHECK-NEXT: __uint(key_size, 0);
// CHECK-NEXT: __uint(value_size, sizeof(u64));
// CHECK-NEXT: __uint(map_flags, BPF_F_WRONLY);
// CHECK-NEXT: } s SEC(".maps");
// CHECK: } plain SEC(".maps");

struct val {
	u64 a;
	u32 b;
};
BPF_QUEUE(q, struct val, 8);
BPF_STACK(s, u64, 2 * 4, BPF_F_WRONLY);
BPF_QUEUESTACK("stack", plain, u16, 3, 0);

int f(struct pt_regs *ctx)
{
	return 0;
}
