// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Keys and values by the wrong sort of argument, or too many.
// RUN: rm -f %t.o && %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s --implicit-check-not=error:
// RUN: test ! -e %t.o
struct val {
	u64 n;
};
BPF_HASH(h, u32, struct val);
BPF_HASH(counts, u32);
#define PUT(m, k, v) m.update(k, v)

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct val zero = {};
	u32 key = 1;

	// CHECK: elements-errors.c:[[@LINE+2]]:11: error: argument 1 of method 'lookup' has to be an address, not 'u32' [map-method-type]
	// CHECK: help: call it as 'h.lookup(&key)'
	h.lookup(key);
	// CHECK: elements-errors.c:[[@LINE+2]]:29: error: argument 2 of method 'lookup_or_try_init' has to be an address, not 'struct val' [map-method-type]
	// CHECK: help: call it as 'h.lookup_or_try_init(&key, &initial)'
	h.lookup_or_try_init(&key, zero);
	// CHECK: elements-errors.c:[[@LINE+2]]:19: error: argument 1 of method 'lookup_or_init' has to be an address, not 'u32' [map-method-type]
	// CHECK: help: call it as 'h.lookup_or_init(&key, &initial)'
	h.lookup_or_init(key, &zero);
	// CHECK: elements-errors.c:[[@LINE+2]]:17: error: argument 2 of method 'update' has to be an address, not 'int' [map-method-type]
	// CHECK: help: call it as 'h.update(&key, &value)'
	h.update(&key, 5);
	// CHECK: elements-errors.c:[[@LINE+2]]:2: error: method 'insert' takes 2 arguments, not 1 [map-method-arity]
	// CHECK: help: call it as 'h.insert(&key, &value)'
	h.insert(&key);
	// CHECK: elements-errors.c:[[@LINE+2]]:2: error: method 'insert' takes 2 arguments, not 3 [map-method-arity]
	// CHECK: help: call it as 'h.insert(&key, &value)'
	h.insert(&key, &zero, BPF_ANY);
	// CHECK: elements-errors.c:[[@LINE+2]]:11: error: argument 1 of method 'delete' has to be an address, not 0 of type 'int' [map-method-type]
	// CHECK: help: call it as 'h.delete(&key)'
	h.delete(0);
	// CHECK: elements-errors.c:[[@LINE+2]]:19: error: argument 1 of method 'increment' has to be a key by value, not 'u32 *' [map-method-type]
	// CHECK: help: call it as 'counts.increment(key, number)'
	counts.increment(&key);
	// CHECK: elements-errors.c:[[@LINE+2]]:19: error: argument 1 of method 'increment' has to be a key by value, not 'struct val' [map-method-type]
	// CHECK: help: call it as 'counts.increment(key, number)'
	counts.increment(zero);
	// CHECK: elements-errors.c:[[@LINE+2]]:31: error: argument 2 of method 'atomic_increment' has to be a number, not 'u32 *' [map-method-type]
	// CHECK: help: call it as 'counts.atomic_increment(key, number)'
	counts.atomic_increment(key, &key);
	// CHECK: elements-errors.c:[[@LINE+2]]:2: error: method 'atomic_increment' takes 1 to 2 arguments, not 0 [map-method-arity]
	// CHECK: help: call it as 'counts.atomic_increment(key, number)'
	counts.atomic_increment();
	// CHECK: elements-errors.c:[[@LINE+2]]:2: error: method 'increment' adds to numbers, and the values of map 'h' are 'struct val' [map-method-type]
	// CHECK: help: look the value up and add to its member
	h.increment(key);
	// CHECK: elements-errors.c:[[@LINE+2]]:2: error: method 'atomic_increment' adds to numbers, and the values of map 'h' are 'struct val' [map-method-type]
	// CHECK: help: look the value up and add to its member
	h.atomic_increment(key, 2);
	// CHECK: elements-errors.c:[[@LINE+2]]:15: error: argument 2 of method 'update' has to be an address, not 'u32' [map-method-type]
	// CHECK: help: call it as 'h.update(&key, &value)'
	PUT(h, &key, key);
	return 0;
}
