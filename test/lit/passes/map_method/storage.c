// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Storage of sockets, inodes, tasks and cgroups; what it gives is a map's memory.
// RUN: %bcc2core check --dump=unit --passes=map_method %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: struct val *v = bpf_task_storage_get(&tasks, task, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
// CHECK: v->n += 1;
// CHECK-NEXT: return bpf_task_storage_delete(&tasks, task);
// CHECK: struct val *v = bpf_sk_storage_get(&sockets, sk, &init, 1);
// CHECK: return v && v->n ? bpf_sk_storage_delete(&sockets, sk) : 0;
// CHECK: struct val *v = bpf_inode_storage_get(&inodes, inode, 0, 0);
// CHECK: return bpf_inode_storage_delete(&inodes, inode);
// CHECK: struct val *v = bpf_get_local_storage(&cgroups, 0);
// CHECK: u64 *n = bpf_get_local_storage(&percpu, 0);

struct val {
	u64 n;
};
BPF_TASK_STORAGE(tasks, struct val);
BPF_SK_STORAGE(sockets, struct val);
BPF_INODE_STORAGE(inodes, struct val);
BPF_CGROUP_STORAGE(cgroups, struct val);
BPF_PERCPU_CGROUP_STORAGE(percpu, u64);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct val *v = tasks.task_storage_get(task, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);

	if (!v)
		return 0;
	v->n += 1;
	return tasks.task_storage_delete(task);
}

int of_socket(struct __sk_buff *skb)
{
	struct bpf_sock *sk = skb->sk;
	struct val init = {.n = 1};

	if (!sk)
		return 0;
	struct val *v = sockets.sk_storage_get(sk, &init, 1);

	return v && v->n ? sockets.sk_storage_delete(sk) : 0;
}

KFUNC_PROBE(vfs_unlink, struct user_namespace *ns, struct inode *inode)
{
	struct val *v = inodes.inode_storage_get(inode, 0, 0);

	if (v)
		v->n++;
	return inodes.inode_storage_delete(inode);
}

int of_cgroup(struct bpf_sysctl *ctx)
{
	struct val *v = cgroups.get_local_storage(0);
	u64 *n = percpu.get_local_storage(0);

	v->n += *n;
	return 1;
}
