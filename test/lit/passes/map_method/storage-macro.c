// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Storages that macros of the program write.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: /* Where the traced function has 'struct inode *dir'; set before the load. */
// CHECK-NEXT: const volatile unsigned int kfunc__vfs_unlink_inode = 1;
// CHECK: #define OF_TASK(t) bpf_task_storage_get(&tasks, t, 0, BPF_LOCAL_STORAGE_GET_F_CREATE)
// CHECK-NEXT: #define OF_SOCKET(sk) bpf_sk_storage_get(&sockets, sk, 0, BPF_LOCAL_STORAGE_GET_F_CREATE)
// CHECK-NEXT: #define OF_INODE(i) bpf_inode_storage_get(&inodes, i, 0, BPF_LOCAL_STORAGE_GET_F_CREATE)
// CHECK-NEXT: #define OF_CGROUP() ((struct val *)bpf_get_local_storage(&cgroups, 0))
// CHECK-NEXT: #define DROP_TASK(t) bpf_task_storage_delete(&tasks, t)
// CHECK-NEXT: #define DROP_SOCKET(sk) bpf_sk_storage_delete(&sockets, sk)
// CHECK-NEXT: #define DROP_INODE(i) bpf_inode_storage_delete(&inodes, i)
// CHECK: SEC("kprobe/vfs_read")
// CHECK: SEC("?tc")
// CHECK: SEC("fentry/vfs_unlink")
// CHECK-NEXT: int kfunc__vfs_unlink(unsigned long long *ctx)
// CHECK: struct inode *inode = (void *)b2c_traced_argument(ctx, kfunc__vfs_unlink_inode);
// CHECK: SEC("?cgroup/sysctl")
struct val {
	u64 n;
};
BPF_TASK_STORAGE(tasks, struct val);
BPF_SK_STORAGE(sockets, struct val);
BPF_INODE_STORAGE(inodes, struct val);
BPF_CGROUP_STORAGE(cgroups, struct val);

#define OF_TASK(t) tasks.task_storage_get(t, 0, BPF_LOCAL_STORAGE_GET_F_CREATE)
#define OF_SOCKET(sk) sockets.sk_storage_get(sk, 0, BPF_LOCAL_STORAGE_GET_F_CREATE)
#define OF_INODE(i) inodes.inode_storage_get(i, 0, BPF_LOCAL_STORAGE_GET_F_CREATE)
#define OF_CGROUP() ((struct val *)cgroups.get_local_storage(0))
#define DROP_TASK(t) tasks.task_storage_delete(t)
#define DROP_SOCKET(sk) sockets.sk_storage_delete(sk)
#define DROP_INODE(i) inodes.inode_storage_delete(i)

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct val *v = OF_TASK(task);

	return v && v->n++ ? DROP_TASK(task) : 0;
}

int of_socket(struct __sk_buff *skb)
{
	struct bpf_sock *sk = skb->sk;
	struct val *v = sk ? OF_SOCKET(sk) : 0;

	return v && v->n++ ? DROP_SOCKET(sk) : 0;
}

KFUNC_PROBE(vfs_unlink, struct user_namespace *ns, struct inode *inode)
{
	struct val *v = OF_INODE(inode);

	return v && v->n++ ? DROP_INODE(inode) : 0;
}

int of_cgroup(struct bpf_sysctl *ctx)
{
	return OF_CGROUP()->n++ < 9;
}
