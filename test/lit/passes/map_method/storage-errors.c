// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Storages by the wrong sort of argument.
// RUN: rm -f %t.o && %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s --implicit-check-not=error:
// RUN: test ! -e %t.o
BPF_TASK_STORAGE(tasks, u64);
BPF_SK_STORAGE(sockets, u64);
BPF_INODE_STORAGE(inodes, u64);
BPF_CGROUP_STORAGE(cgroups, u64);
BPF_PERCPU_CGROUP_STORAGE(percpu, u64);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	u64 pid = bpf_get_current_pid_tgid();

	// CHECK: storage-errors.c:[[@LINE+2]]:25: error: argument 1 of method 'task_storage_get' has to be an address, not 'u64' [map-method-type]
	// CHECK: help: call it as 'tasks.task_storage_get(task, initial, flags)'
	tasks.task_storage_get(pid, 0, 0);
	// CHECK: storage-errors.c:[[@LINE+2]]:2: error: method 'task_storage_delete' takes 1 argument, not 0 [map-method-arity]
	// CHECK: help: call it as 'tasks.task_storage_delete(task)'
	tasks.task_storage_delete();
	// CHECK: storage-errors.c:[[@LINE+2]]:2: error: method 'sk_storage_get' takes 3 arguments, not 2 [map-method-arity]
	// CHECK: help: call it as 'sockets.sk_storage_get(sk, initial, flags)'
	sockets.sk_storage_get(ctx, &pid);
	// CHECK: storage-errors.c:[[@LINE+2]]:28: error: argument 1 of method 'sk_storage_delete' has to be an address, not 'u64' [map-method-type]
	// CHECK: help: call it as 'sockets.sk_storage_delete(sk)'
	sockets.sk_storage_delete(pid);
	// CHECK: storage-errors.c:[[@LINE+2]]:35: error: argument 3 of method 'inode_storage_get' has to be a number, not 'struct pt_regs *' [map-method-type]
	// CHECK: help: call it as 'inodes.inode_storage_get(inode, initial, flags)'
	inodes.inode_storage_get(ctx, 0, ctx);
	// CHECK: storage-errors.c:[[@LINE+2]]:30: error: argument 1 of method 'inode_storage_delete' has to be an address, not 'u64' [map-method-type]
	// CHECK: help: call it as 'inodes.inode_storage_delete(inode)'
	inodes.inode_storage_delete(pid);
	// CHECK: storage-errors.c:[[@LINE+2]]:28: error: argument 1 of method 'get_local_storage' has to be a number, not 'u64 *' [map-method-type]
	// CHECK: help: call it as 'cgroups.get_local_storage(flags)'
	cgroups.get_local_storage(&pid);
	// CHECK: storage-errors.c:[[@LINE+2]]:2: error: method 'get_local_storage' takes 1 argument, not 0 [map-method-arity]
	// CHECK: help: call it as 'percpu.get_local_storage(flags)'
	percpu.get_local_storage();
	return 0;
}
