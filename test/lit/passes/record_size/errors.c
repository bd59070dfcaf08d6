// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Where C wants a constant, the size is that of one kernel, which is a warning.
// RUN: %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s

struct event {
	char zone[sizeof(struct ipc_ids)];
};

BPF_HASH(copies, u32, struct ipc_ids);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	struct ipc_ids *ids = task->nsproxy->ipc_ns->ids;
	struct event event = {};
	char copy[sizeof(struct ipc_ids) / 2];
	u32 zero = 0, nr = 0;

	switch (bpf_get_prandom_u32()) {
	case sizeof(struct ipc_ids):
		nr++;
	}
	bpf_probe_read_kernel(copy, sizeof(copy), ids++);
	bpf_probe_read_kernel(&event, sizeof(event), ids);
	return copy[1] + event.zone[2] + nr + (copies.lookup(&zero) != 0);
}

// CHECK: errors.c:6:12: warning: kernels have 'struct ipc_ids' in different sizes, and C wants a constant here [record-size]
// CHECK: help: give it the largest size that it can need
// CHECK: errors.c:9:10: warning: kernels have 'struct ipc_ids' in different sizes, and the elements of 'copies' have one [record-size]
// CHECK: errors.c:16:12: warning: kernels have 'struct ipc_ids' in different sizes, and C wants a constant here [record-size]
// CHECK: errors.c:20:7: warning: kernels have 'struct ipc_ids' in different sizes, and C wants a constant here [record-size]
// CHECK: errors.c:23:{{[0-9]+}}: warning: kernels have 'struct ipc_ids' in different sizes, and this step has the base kernel's [record-size]
// CHECK: help: make the step a statement of its own: 'p = p + 1;'
