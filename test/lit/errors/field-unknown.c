// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A member that no kernel has, on a kernel's record and on the program's own.
// RUN: rm -f %t.o
// RUN: %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s
// RUN: test ! -e %t.o
struct mine {
	u32 number;
};

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	struct mine mine = {};

	// CHECK: field-unknown.c:[[#@LINE+3]]:22: error: no kernel of the data has a member 'staet' in 'task_struct' [field-unknown]
	// CHECK: help: did you mean 'state'?
	// CHECK: help: looked at: 5.10, 6.1, 6.12, 7.2 of x86_64
	mine.number = task->staet;
	// CHECK: field-unknown.c:[[#@LINE+1]]:32: error: no kernel of the data has a member 'tv_sec' in 'start_time' of 'task_struct', a 'u64' [field-unknown]
	mine.number = task->start_time.tv_sec;
	// CHECK: field-unknown.c:[[#@LINE+1]]:27: error: member reference base type 'u32' {{.*}} [clang]
	mine.number = mine.number.tv_sec;
	// CHECK: field-unknown.c:[[#@LINE+1]]:14: error: no member named 'numbre' in 'struct mine'
	return mine.numbre;
}
