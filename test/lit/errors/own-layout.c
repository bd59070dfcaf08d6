// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A record that no kernel has: read as bcc reads it, and said.
// RUN: %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s
// RUN: test -s %t.o
struct run_queue {
	u64 lock;
	u32 nr_running;
};

int kprobe__update_rq_clock(struct pt_regs *ctx, struct run_queue *queue)
{
	// CHECK: own-layout.c:[[#@LINE+2]]:9: warning: 'queue->nr_running' is read from kernel memory with the layout the program gives 'run_queue' [own-layout]
	// CHECK: help: use the kernel's own type where BTF has it
	return queue->nr_running;
}
