// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// What only the BPF back end refuses is an error of the emitted source.
// RUN: rm -f %t.o
// RUN: %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s
// RUN: test ! -e %t.o
int kprobe__vfs_read(struct pt_regs *ctx)
{
	asm volatile("mov %eax, %ebx");
	return 0;
}
// CHECK: object.bpf.c:{{[0-9]+}}:{{[0-9]+}}: error: invalid register/token name [object]
