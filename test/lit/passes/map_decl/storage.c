// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Storages have no size; those of sockets, inodes and tasks are never preallocated.
// RUN: %bcc2core check --dump=unit --passes=map_decl %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: map sk sk_storage key=int value=u64 flags=0x1 line=
// CHECK: map inode inode_storage key=int value=struct val flags=0x1 line=
// CHECK: map task task_storage key=int value=struct val flags=0x1 line=
// CHECK: map cg cgroup_storage key=struct bpf_cgroup_storage_key value=struct val line=
// CHECK: map pcg percpu_cgroup_storage key=struct bpf_cgroup_storage_key value=u64 line=
// CHECK: source:
// CHECK: __uint(type, BPF_MAP_TYPE_SK_STORAGE);
// CHECK-NEXT: __type(key, int);
// CHECK-NEXT: __type(value, u64);
// CHECK-NEXT: __uint(map_flags, BPF_F_NO_PREALLOC);
// CHECK-NEXT: } sk SEC(".maps");
// CHECK: __uint(type, BPF_MAP_TYPE_INODE_STORAGE);
// CHECK: __uint(type, BPF_MAP_TYPE_TASK_STORAGE);
// CHECK-NEXT: __type(key, int);
// CHECK-NEXT: __type(value, struct val);
// CHECK-NEXT: __uint(map_flags, BPF_F_NO_PREALLOC);
// CHECK-NEXT: } task SEC(".maps");
// CHECK: __uint(type, BPF_MAP_TYPE_CGROUP_STORAGE);
// CHECK-NEXT: __type(key, struct bpf_cgroup_storage_key);
// CHECK-NEXT: __type(value, struct val);
// CHECK-NEXT: } cg SEC(".maps");
// CHECK: __uint(type, BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE);

struct val {
	u64 n;
};
BPF_SK_STORAGE(sk, u64);
BPF_INODE_STORAGE(inode, struct val);
BPF_TASK_STORAGE(task, struct val);
BPF_CGROUP_STORAGE(cg, struct val);
BPF_PERCPU_CGROUP_STORAGE(pcg, u64);

int f(struct pt_regs *ctx)
{
	return 0;
}
