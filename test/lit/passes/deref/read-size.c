// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Members that kernels have in different sizes are read in the size they have; a read of
// another size than the member's is done as it is written, with a warning when it takes more.
// RUN: %bcc2core emit --dump=unit %s 2>%t.err | grep -v CHECK | %FileCheck %s
// RUN: %FileCheck %s --check-prefix=WARN < %t.err
// RUN: %bcc2core object %s -o %t.o
#include <linux/fs.h>
#include <linux/sched.h>

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	struct super_block *super = file->f_inode->i_sb;
	long state, again;
	u64 flags = 0, code;
	u32 low;

	// CHECK: {{^	}}state = task_struct_state(task);
	bpf_probe_read_kernel(&state, sizeof(long), (const void *)&task->state);
	// CHECK: if ((again = task_struct_state(task), 0))
	if (bpf_probe_read(&again, sizeof(again), &task->__state))
		return 0;
	// CHECK: bpf_probe_read_kernel(&flags, sizeof(flags), &file->f_flags);
	// WARN: :[[@LINE+1]]:{{[0-9]+}}: warning: 8 bytes are read of 'file->f_flags', which has 4 on every kernel [read-size]
	bpf_probe_read_kernel(&flags, sizeof(flags), &file->f_flags);
	// CHECK: bpf_probe_read_kernel(&code, sizeof(code), &task->exit_code);
	// WARN: :[[@LINE+1]]:{{[0-9]+}}: warning: 8 bytes are read of 'task->exit_code', which has 4 on every kernel [read-size]
	bpf_probe_read(&code, sizeof(code), &task->exit_code);
	// WARN-NOT: warning
	// CHECK: bpf_probe_read_kernel(&low, sizeof(low), &super->s_flags);
	bpf_probe_read_kernel(&low, sizeof(low), &super->s_flags);
	// CHECK: state += (int)b2c_core_read_bitfield(BPF_CORE_READ(task, real_parent), on_cpu);
	state += task->real_parent->on_cpu;
	// CHECK: state += (int)BPF_CORE_READ_BITFIELD_PROBED(task, on_rq);
	state += task->on_rq;
	// CHECK: state += inode_i_state(BPF_CORE_READ(file, f_inode));
	state += file->f_inode->i_state;
	return state + again + flags + code + low;
}
