// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Tries: the defaults of a hash, and never preallocated.
// RUN: %bcc2core check --dump=unit --passes=map_decl %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: map a lpm_trie key=u64 value=u64 max_entries=10240 flags=0x1 line=
// CHECK: map b lpm_trie key=struct prefix value=u64 max_entries=10240 flags=0x1 line=
// CHECK: map c lpm_trie key=struct prefix value=u32 max_entries=10240 flags=0x1 line=
// CHECK: map d lpm_trie key=struct prefix value=u32 max_entries=16 flags=0x1 line=
// CHECK: map e lpm_trie key=struct prefix value=u32 max_entries=16 flags=0x1 line=
// CHECK: source:
// CHECK: } a SEC(".maps");
// CHECK: __uint(type, BPF_MAP_TYPE_LPM_TRIE);
// CHECK: __uint(max_entries, 16);
// CHECK-NEXT: __type(key, struct prefix);
// CHECK-NEXT: __type(value, u32);
// CHECK-NEXT: __uint(map_flags, BPF_F_NO_PREALLOC);
// CHECK-NEXT: } d SEC(".maps");
// CHECK: __uint(map_flags, BPF_F_NO_PREALLOC);
// CHECK-NEXT: } e SEC(".maps");

struct prefix {
	u32 length;
	u32 address;
};
BPF_LPM_TRIE(a);
BPF_LPM_TRIE(b, struct prefix);
BPF_LPM_TRIE(c, struct prefix, u32);
BPF_LPM_TRIE(d, struct prefix, u32, 16);
BPF_F_TABLE("lpm_trie", struct prefix, u32, e, 16, BPF_F_NO_PREALLOC);

int f(struct pt_regs *ctx)
{
	return 0;
}
