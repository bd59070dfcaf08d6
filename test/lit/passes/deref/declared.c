// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A private record of the kernel that the program declares itself is relocated, when
// the kernel has the members that are used; a record that only shares a name is not.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/fs.h>
#include <linux/nsproxy.h>
#include <linux/ns_common.h>

// CHECK:      struct mnt_namespace {
// CHECK-NEXT: atomic_t count;
// CHECK-NEXT: struct ns_common ns;
// CHECK-NEXT: } __attribute__((preserve_access_index));
struct mnt_namespace {
	atomic_t count;
	struct ns_common ns;
};

// CHECK:      struct mount {
// CHECK-NEXT: int nowhere;
// CHECK-NEXT: };
struct mount {
	int nowhere;
};

// CHECK:      struct pid {
// CHECK-NEXT: int count;
// CHECK-NEXT: };
struct pid {
	int count;
};
BPF_HASH(pids, u32, struct pid);

int kprobe__vfs_read(struct pt_regs *ctx, struct mount *mount, struct pid *pid)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	struct mnt_namespace *mnt_ns = task->nsproxy->mnt_ns;
	u32 id = 0, number = 0;

	// CHECK: id = BPF_CORE_READ(task, nsproxy, mnt_ns, ns.inum) + BPF_CORE_READ(mnt_ns, ns.inum);
	id = task->nsproxy->mnt_ns->ns.inum + mnt_ns->ns.inum;
	// CHECK: bpf_probe_read_kernel(&number, sizeof(number), &mnt_ns->ns.inum);
	bpf_probe_read_kernel(&number, sizeof(number), &mnt_ns->ns.inum);
	// CHECK: return id + number + BPF_PROBE_READ(mount, nowhere) + BPF_PROBE_READ(pid, count);
	return id + number + mount->nowhere + pid->count;
}
