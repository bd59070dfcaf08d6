// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Constants that vmlinux.h lacks are copied, those in use alone, and what they
// use with them; bpf_endian.h is asked for; __user goes.
// RUN: %bcc2core check --dump=unit --passes=constant %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: uses endian
// CHECK: source:
// CHECK-DAG: #define AF_INET 2
// CHECK-DAG: #define NSEC_PER_USEC 1000ULL
// CHECK-DAG: #define S_ISREG(m) (((m) & S_IFMT) == S_IFREG)
// CHECK-DAG: #define S_IFMT 00170000
// CHECK-DAG: #define S_IFREG 0100000
// CHECK-DAG: #define ntohs(x) bpf_ntohs(x)
// CHECK-DAG: #define lock_xadd(ptr, val)
// CHECK-NOT: #define AF_INET6
// CHECK: static int f(const char *p, const char *q)
// CHECK: ntohs(n)

static int f(const char __user *p, const char __user	*q)
{
	return p && q;
}

int kprobe__vfs_read(struct pt_regs *ctx)
{
	u16 n = AF_INET;
	u64 all = 0;

	lock_xadd(&all, 1);
	if (S_ISREG(n))
		return all / NSEC_PER_USEC;
	return f(0, 0) + ntohs(n);
}
