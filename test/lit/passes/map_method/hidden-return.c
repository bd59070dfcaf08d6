// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// lookup_or_init leaves the function when the map is full, as in bcc: with 0
// from a program, with nothing from a void helper. -v says so.
// RUN: %bcc2core check --dump=unit --passes=map_method,program %s | %FileCheck %s
// RUN: %bcc2core object -v %s -o %t.o 2>&1 | %FileCheck %s --check-prefix=SAID
// RUN: %bcc2core object %s -o %t.o > %t.err 2>&1
// RUN: test ! -s %t.err
//
// CHECK: static void count(u32 k)
// CHECK: u64 zero = 0, *v = b2c_lookup_or_return(&h, &k, &zero, , &h_full);
// CHECK: static u64 *find(u32 k)
// CHECK: return b2c_lookup_or_return(&h, &k, &zero, 0, &h_full);
// CHECK: int kprobe__vfs_read(struct pt_regs *ctx)
// CHECK: (*b2c_lookup_or_return(&h, &k, &zero, 0, &h_full))++;
// CHECK-NEXT: if (*b2c_lookup_or_return(&h, &k, &zero, 0, &h_full) > 3)
// CHECK-NEXT: return 0;
//
// SAID: hidden-return.c:[[#@LINE+10]]:21: remark: as in bcc, this returns from 'count' when the map is full [hidden-return]
// SAID: remark: as in bcc, this returns from 'find' when the map is full [hidden-return]
// SAID: remark: as in bcc, this returns from 'kprobe__vfs_read' when the map is full [hidden-return]
// SAID: remark: as in bcc, this returns from 'kprobe__vfs_read' when the map is full [hidden-return]


BPF_HASH(h, u32);

static void count(u32 k)
{
	u64 zero = 0, *v = h.lookup_or_init(&k, &zero);

	(*v)++;
}

static u64 *find(u32 k)
{
	u64 zero = 0;

	return h.lookup_or_init(&k, &zero);
}

void kprobe__vfs_read(struct pt_regs *ctx)
{
	u64 zero = 0;
	u32 k = 1;

	(*h.lookup_or_init(&k, &zero))++;
	if (*h.lookup_or_init(&k, &zero) > 3)
		return;
	count(k);
	if (find(k))
		count(2);
}
