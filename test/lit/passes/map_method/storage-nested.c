// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Storages inside conditions and called functions.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: /* Where the traced function has 'struct inode *dir'; set before the load. */
// CHECK-NEXT: const volatile unsigned int kfunc__vfs_unlink_inode = 1;
// CHECK: static __always_inline u64 bump(struct val *v)
// CHECK: SEC("kprobe/vfs_read")
// CHECK: if (bump(bpf_task_storage_get(&tasks, task, 0, BPF_LOCAL_STORAGE_GET_F_CREATE)) > 9)
// CHECK-NEXT: return bpf_task_storage_delete(&tasks, task) ? 1 : 0;
// CHECK: SEC("?tc")
// CHECK: return sk ? bump(bpf_sk_storage_get(&sockets, sk, 0, 1)) + !bpf_sk_storage_delete(&sockets, sk) : 0;
// CHECK: SEC("fentry/vfs_unlink")
// CHECK-NEXT: int kfunc__vfs_unlink(unsigned long long *ctx)
// CHECK: struct inode *inode = (void *)b2c_traced_argument(ctx, kfunc__vfs_unlink_inode);
// CHECK: if (bump(bpf_inode_storage_get(&inodes, inode, 0, 0)) > 9)
// CHECK-NEXT: bpf_inode_storage_delete(&inodes, inode);
// CHECK: SEC("?cgroup/sysctl")
// CHECK: return bump(bpf_get_local_storage(&cgroups, 0)) < 9;
struct val {
	u64 n;
};
BPF_TASK_STORAGE(tasks, struct val);
BPF_SK_STORAGE(sockets, struct val);
BPF_INODE_STORAGE(inodes, struct val);
BPF_CGROUP_STORAGE(cgroups, struct val);

static u64 bump(struct val *v)
{
	return v ? v->n++ : 0;
}

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct task_struct *task = bpf_get_current_task_btf();

	if (bump(tasks.task_storage_get(task, 0, BPF_LOCAL_STORAGE_GET_F_CREATE)) > 9)
		return tasks.task_storage_delete(task) ? 1 : 0;
	return 0;
}

int of_socket(struct __sk_buff *skb)
{
	struct bpf_sock *sk = skb->sk;

	return sk ? bump(sockets.sk_storage_get(sk, 0, 1)) + !sockets.sk_storage_delete(sk) : 0;
}

KFUNC_PROBE(vfs_unlink, struct user_namespace *ns, struct inode *inode)
{
	for (int i = 0; i < 2; i++)
		if (bump(inodes.inode_storage_get(inode, 0, 0)) > 9)
			inodes.inode_storage_delete(inode);
	return 0;
}

int of_cgroup(struct bpf_sysctl *ctx)
{
	return bump(cgroups.get_local_storage(0)) < 9;
}
