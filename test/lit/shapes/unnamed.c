// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Members of records without a name (mm_struct is one) are links of a chain like others, in macros too.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/sched.h>

// CHECK: #define VM(task) (b2c_core_read(task, mm, total_vm))
#define VM(task) ((task)->mm->total_vm)
#define MEMBER(task, member) ((task)->mm->member)
BPF_HASH(seen, u64);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	// CHECK: u64 key = BPF_CORE_READ(task, mm, total_vm);
	u64 key = task->mm->total_vm;

	// CHECK: key += BPF_CORE_READ(task, mm, binfmt, min_coredump);
	key += task->mm->binfmt->min_coredump;
	// CHECK: key += BPF_CORE_READ(task, real_parent, mm, owner, pid);
	key += task->real_parent->mm->owner->pid;
	// CHECK: key += VM(task) + VM(BPF_CORE_READ(task, real_parent));
	key += VM(task) + VM(task->real_parent);
	// CHECK: key += (BPF_CORE_READ(task, mm, total_vm)) + (BPF_CORE_READ(task, mm, owner, pid));
	key += MEMBER(task, total_vm) + MEMBER(task, owner->pid);
	// CHECK: b2c_increment(&seen, &key, 1, &seen_full);
	seen.increment(key);
	return 0;
}
