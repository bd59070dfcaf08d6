// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Kernel memory through the program's own records has no relocation.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/fs.h>

struct mine {
	int x;
	char name[8];
	struct mine *next;
	struct dentry *dentry;
};

int kprobe__do_exit(struct pt_regs *ctx, struct mine *m, u64 n)
{
	// CHECK: struct mine copy = b2c_deref(m);
	struct mine copy = *m;

	// CHECK: return BPF_PROBE_READ(m, x) + BPF_PROBE_READ(m, next, next, x) + BPF_PROBE_READ(m, name[1])
	return m->x + m->next->next->x + m->name[1]
	// CHECK: + b2c_deref(&m->name[n]) + BPF_PROBE_READ(&m[n], x)
	       + m->name[n] + m[n].x
	// CHECK: + b2c_core_read(BPF_PROBE_READ(m, next, dentry), d_parent, d_flags)
	       + m->next->dentry->d_parent->d_flags
	// CHECK: + copy.x + b2c_core_read(copy.dentry, d_flags);
	       + copy.x + copy.dentry->d_flags;
}
