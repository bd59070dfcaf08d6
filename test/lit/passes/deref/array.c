// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Arrays decay to an address, which Clang relocates; &p->x is an address too. What
// BPF_CORE_READ can't name is b2c_deref'ed.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/sched.h>
#include <linux/fs.h>

struct event {
	char comm[16];
	u64 sum;
};
BPF_PERF_OUTPUT(events);

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file, char *buf, u64 n, long *pos)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	struct event e = {};

	// CHECK: bpf_probe_read_kernel(&e.comm, sizeof(e.comm), task->comm);
	bpf_probe_read_kernel(&e.comm, sizeof(e.comm), task->comm);
	// CHECK: bpf_probe_read_kernel(&e.comm, sizeof(e.comm), BPF_CORE_READ(task, real_parent)->comm);
	bpf_probe_read_kernel(&e.comm, sizeof(e.comm), task->real_parent->comm);
	// CHECK: bpf_probe_read_kernel(&e.sum, 4, &BPF_CORE_READ(task, real_parent)->pid);
	bpf_probe_read_kernel(&e.sum, 4, &task->real_parent->pid);
	// CHECK: e.sum = BPF_CORE_READ(task, comm[0]);
	e.sum = task->comm[0];
	// CHECK: e.sum += b2c_deref(&task->comm[n & 15]);
	e.sum += task->comm[n & 15];
	// CHECK: e.sum += b2c_deref(&BPF_CORE_READ(task, real_parent)->comm[n & 15]);
	e.sum += task->real_parent->comm[n & 15];
	// CHECK: e.sum += b2c_deref(pos) + b2c_deref(&pos[n]) + b2c_deref((pos + 1));
	e.sum += *pos + pos[n] + *(pos + 1);
	// CHECK: e.sum += b2c_core_read(&b2c_at(file, n), f_flags);
	e.sum += file[n].f_flags;
	events.perf_submit(ctx, &e, sizeof(e));
	return 0;
}
