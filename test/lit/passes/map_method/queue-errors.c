// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Values of queues and stacks go by address.
// RUN: rm -f %t.o && %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s --implicit-check-not=error:
// RUN: test ! -e %t.o
BPF_QUEUE(q, u32, 16);
BPF_STACK(s, u32, 16);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	u32 v = 0;

	// CHECK: queue-errors.c:[[@LINE+2]]:9: error: argument 1 of method 'push' has to be an address, not 'u32' [map-method-type]
	// CHECK: help: call it as 'q.push(&value, flags)'
	q.push(v);
	// CHECK: queue-errors.c:[[@LINE+2]]:13: error: argument 2 of method 'push' has to be a number, not 'u32 *' [map-method-type]
	// CHECK: help: call it as 'q.push(&value, flags)'
	q.push(&v, &v);
	// CHECK: queue-errors.c:[[@LINE+2]]:2: error: method 'pop' takes 1 argument, not 0 [map-method-arity]
	// CHECK: help: call it as 's.pop(&value)'
	s.pop();
	// CHECK: queue-errors.c:[[@LINE+2]]:8: error: argument 1 of method 'pop' has to be an address, not 'u32' [map-method-type]
	// CHECK: help: call it as 's.pop(&value)'
	s.pop(v);
	// CHECK: queue-errors.c:[[@LINE+2]]:9: error: argument 1 of method 'peek' has to be an address, not 0 of type 'int' [map-method-type]
	// CHECK: help: call it as 'q.peek(&value)'
	q.peek(0);
	// CHECK: queue-errors.c:[[@LINE+2]]:2: error: method 'peek' takes 1 argument, not 2 [map-method-arity]
	// CHECK: help: call it as 's.peek(&value)'
	s.peek(&v, 0);
	return 0;
}
