// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Names of the kernel that the program defines itself are the program's: an
// enumerator, a macro, a function, a record.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK-NOT: #define min
// CHECK-NOT: #define O_CREAT
// CHECK-NOT: bpf_core_enum_value
// CHECK: source:
// CHECK: ITER_UBUF,
// CHECK: #define O_CREAT 7
// CHECK: return min(ITER_UBUF, O_CREAT) + list.next + file_inode(3);

enum kind {
	UNKNOWN,
	ITER_UBUF,
};

#define O_CREAT 7

struct list_head {
	int next;
};

static int min(int a, int b)
{
	return a < b ? a : b;
}

static int file_inode(int n)
{
	return n + UNKNOWN;
}

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct list_head list = {};

	return min(ITER_UBUF, O_CREAT) + list.next + file_inode(3);
}
