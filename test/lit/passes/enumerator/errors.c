// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Where C wants one number there is none.
// RUN: %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s
//
// CHECK: errors.c:[[@LINE+2]]:25: error: the value of 'ITER_UBUF' is not the same on all kernels [enumerator-moves]
// CHECK: help: use it in an expression, where the host's value is taken
static const int user = ITER_UBUF;

enum {
	// CHECK: errors.c:[[@LINE+1]]:8: error: the value of 'ITER_IOVEC' is not the same on all kernels [enumerator-moves]
	OWN = ITER_IOVEC,
};

int kprobe__vfs_read(struct pt_regs *ctx)
{
	switch (PT_REGS_PARM2(ctx)) {
	// CHECK: errors.c:[[@LINE+1]]:7: error: the value of 'ITER_UBUF' is not the same on all kernels [enumerator-moves]
	case ITER_UBUF * 2:
		return user;
	}
	return OWN;
}
