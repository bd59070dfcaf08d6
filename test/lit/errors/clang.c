// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Clang's own messages, at their place; a warning alone stops nothing.
// RUN: rm -f %t.o
// RUN: %not %bcc2core object %s -DWRONG -o %t.o 2>&1 | %FileCheck %s --check-prefix=WRONG
// RUN: test ! -e %t.o
// RUN: %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s
// RUN: test -s %t.o
int kprobe__vfs_read(struct pt_regs *ctx)
{
#ifdef WRONG
	// WRONG: clang.c:[[#@LINE+1]]:9: error: use of undeclared identifier 'nothing' [clang]
	return nothing;
#endif
	// CHECK: clang.c:[[#@LINE+1]]:25: warning: {{.*}} [clang-warning]
	bpf_trace_printk("%d", ctx);
	return 0;
}
