// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Headers of the program are inlined, with what the passes make of them: by
// quotes beside the source, by -I, twice behind a guard. Those of the kernel go.
// RUN: rm -rf %t && mkdir -p %t/dir && cp %S/Inputs/shared.h %t/dir/other.h
// RUN: %bcc2core check --dump=unit --passes=include,map_decl -I %t/dir %s | %FileCheck %s
// RUN: %bcc2core object -I %t/dir %s -o %t.o
//
// CHECK: map from_header hash key=u32 value=struct shared
// CHECK: source:
// CHECK-NOT: #include
// CHECK: #ifndef SHARED_H
// CHECK: u64 count; /* kept */
// CHECK: } from_header SEC(".maps");
// CHECK: #endif
// CHECK-NOT: #include
// CHECK: #ifndef SHARED_H
// CHECK: int kprobe__vfs_read

#include <uapi/linux/ptrace.h>
#include <linux/sched.h>	/* struct task_struct */
#include "Inputs/shared.h"
#include <other.h>
#include <net/sock.h>

int kprobe__vfs_read(struct pt_regs *ctx)
{
	u32 k = 1;
	struct shared *s = from_header.lookup(&k);

	return s ? s->count : 0;
}
