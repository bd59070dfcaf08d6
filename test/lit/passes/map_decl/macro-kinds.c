// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Other kinds that a macro of the program declares: paths and inner maps may be made of its arguments.
// RUN: %bcc2core check --dump=unit --passes=map_decl %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: map set hash key=u64 value=u64 max_entries=64 pin=/sys/fs/bpf/set line=
// CHECK: map lru lru_hash key=u32 value=u32 max_entries=4 flags=0x2 pin=/sys/fs/bpf/lru line=
// CHECK: map in_queue queue value=u32 max_entries=4 line=
// CHECK: map in_trie lpm_trie key=u64 value=u32 max_entries=4 flags=0x1 line=
// CHECK: map in_form hash
// CHECK: map in_maps array_of_maps {{.*}}inner=in_form line=
// CHECK: map own task_storage key=int value=struct val
// CHECK: source:
// CHECK: } set SEC(".maps");	/* pinned at /sys/fs/bpf/set */
// CHECK: __uint(map_flags, BPF_F_NO_COMMON_LRU);
// CHECK-NEXT: } lru SEC(".maps");	/* pinned at /sys/fs/bpf/lru */
// CHECK: } in_queue SEC(".maps");
// CHECK: } in_trie SEC(".maps");
// CHECK: } in_form SEC(".maps");
// CHECK: __array(values, typeof(in_form));
// CHECK-NEXT: } in_maps SEC(".maps");
// CHECK: __type(value, struct val);

#define PINNED(name, path) BPF_TABLE_PINNED("hash", u64, u64, name, 64, "/sys/fs/bpf/" path)
#define LRU(name, path) \
	BPF_TABLE_PINNED("lru_hash", u32, u32, name, 4, path, BPF_F_NO_COMMON_LRU)
#define GROUP(name, value, inner) \
	BPF_QUEUE(name##_queue, value, 4); \
	BPF_LPM_TRIE(name##_trie, u64, value, 4); \
	BPF_HASH(name##_form, u32, value, 4); \
	BPF_ARRAY_OF_MAPS(name##_maps, inner, 2);
#define OWN(value) BPF_TASK_STORAGE(own, value)

struct val {
	u64 n;
};
PINNED(set, "set");
LRU(lru, "/sys/fs/bpf/lru");
GROUP(in, u32, "in_form")
OWN(struct val);

int f(struct pt_regs *ctx)
{
	return 0;
}
