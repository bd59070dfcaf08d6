// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Maps and variables with names that the kernel's types have too: enumerators (`all`, `PIDTYPE_PID`,
// `TASK_COMM_LEN`), tags (`task_struct`, `pid_type`) and functions (`vfs_read`).
// RUN: rm -rf %t && %bcc2core emit %s -o %t
// RUN: grep -v CHECK %t/names_of_kernel.bpf.c | %FileCheck %s
// RUN: %bcc2core check %s | grep -v CHECK | %FileCheck %s --check-prefix=CHECKED

// CHECK: } all SEC(".maps");
// CHECK: } task_struct SEC(".maps");
// CHECK: } pid_type SEC(".maps");
// CHECK: } PIDTYPE_PID SEC(".maps");
// CHECK: TASK_COMM_LEN = 3,
// CHECK: BPF_CORE_READ(task, pid)
// CHECKED: all {{ *}}hash
// CHECKED: vfs_read {{ *}}hash

BPF_HASH(all);
BPF_HASH(task_struct);
BPF_HASH(pid_type);
BPF_HASH(PIDTYPE_PID);
BPF_HASH(vfs_read);

static const u64 TASK_COMM_LEN = 3, numbers[2] = {1, 2};

int kprobe__vfs_write(struct pt_regs *ctx)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	u64 key = task->pid + TASK_COMM_LEN + numbers[1];

	all.increment(key);
	task_struct.increment(key);
	pid_type.increment(key);
	PIDTYPE_PID.increment(key);
	vfs_read.increment(key);
	return 0;
}
