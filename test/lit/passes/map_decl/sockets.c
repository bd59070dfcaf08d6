// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Maps of sockets.
// RUN: %bcc2core check --dump=unit --passes=map_decl %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: map a sockmap key=u32 value=int max_entries=16 line=
// CHECK: map b sockhash key=u32 value=int max_entries=10240 line=
// CHECK: map c sockhash key=struct tuple value=int max_entries=10240 line=
// CHECK: map d sockhash key=struct tuple value=int max_entries=64 line=
// CHECK: source:
// CHECK: __uint(type, BPF_MAP_TYPE_SOCKMAP);
// CHECK-NEXT: __uint(max_entries, 16);
// CHECK-NEXT: __uint(key_size, sizeof(u32));
// CHECK-NEXT: __uint(value_size, sizeof(u32));
// CHECK-NEXT: } a SEC(".maps");
// CHECK: __uint(type, BPF_MAP_TYPE_SOCKHASH);
// CHECK: __uint(max_entries, 64);
// CHECK-NEXT: __uint(key_size, sizeof(struct tuple));
// CHECK-NEXT: __uint(value_size, sizeof(u32));
// CHECK-NEXT: } d SEC(".maps");

struct tuple {
	u32 local, remote;
};
BPF_SOCKMAP(a, 16);
BPF_SOCKHASH(b);
BPF_SOCKHASH(c, struct tuple);
BPF_SOCKHASH(d, struct tuple, 64);

int f(struct pt_regs *ctx)
{
	return 0;
}
