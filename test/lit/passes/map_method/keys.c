// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// increment() takes its key by value; the emitted call takes its address: of
// a variable itself, of a copy where an address may not exist or may go away.
// RUN: %bcc2core check --dump=unit --passes=map_method %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: b2c_increment(&by_int, &n, 1, &by_int_full);
// CHECK-NEXT: b2c_increment(&by_int, &key.n, 1, &by_int_full);
// CHECK-NEXT: b2c_increment(&by_int, &(u32){key.bits}, 1, &by_int_full);
// CHECK-NEXT: b2c_increment(&by_int, &list[1], 1, &by_int_full);
// CHECK-NEXT: b2c_increment(&by_int, &(u32){n++}, 1, &by_int_full);
// CHECK-NEXT: b2c_increment(&by_int, &(u32){*pointer}, 1, &by_int_full);
// CHECK-NEXT: b2c_increment(&by_int, &(u32){file->f_flags}, 1, &by_int_full);
// CHECK-NEXT: b2c_increment(&slots, &(u32){n + 1}, 1);
// CHECK-NEXT: b2c_increment(&by_key, &key, 1, &by_key_full);
// CHECK-NEXT: b2c_increment(&by_key, &left->key, 2, &by_key_full);
// CHECK-NEXT: b2c_increment(&by_key, (&(struct key){.n = 1, .bits = 2}), 1, &by_key_full);
// CHECK-NEXT: b2c_atomic_increment(&by_key, (struct key[]){made(1, 2)}, 1, &by_key_full);
#include <linux/fs.h>

struct key {
	u32 n;
	u32 bits : 3;
};
struct left {
	struct key key;
};
BPF_HASH(by_int, u32);
BPF_HASH(by_key, struct key);
BPF_HASH(lefts, u32, struct left);
BPF_ARRAY(slots, u64, 10);

static struct key made(u32 a, u32 b)
{
	struct key key = {.n = a, .bits = b};

	return key;
}

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	u32 n = 1, list[2] = {}, *pointer = &n;
	struct key key = {};
	struct left *left = lefts.lookup(&n);

	if (!left)
		return 0;
	by_int.increment(n);
	by_int.increment(key.n);
	by_int.increment(key.bits);
	by_int.increment(list[1]);
	by_int.increment(n++);
	by_int.increment(*pointer);
	by_int.increment(file->f_flags);
	slots.increment(n + 1);
	by_key.increment(key);
	by_key.increment(left->key, 2);
	by_key.increment((struct key){.n = 1, .bits = 2});
	by_key.atomic_increment(made(1, 2));
	return 0;
}
