// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Strings that the tracepoint does not have, and outside of a tracepoint.
// RUN: rm -f %t.o && %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s --implicit-check-not=error:
// RUN: test ! -e %t.o
TRACEPOINT_PROBE(sched, sched_process_exec)
{
	char text[16];

	// CHECK: data_loc-errors.c:[[@LINE+2]]:2: error: tracepoint 'sched:sched_process_exec' has no string 'filenam' [field-unknown]
	// CHECK: help: did you mean 'filename'?
	TP_DATA_LOC_READ(text, filenam);
	// CHECK: data_loc-errors.c:[[@LINE+1]]:2: error: tracepoint 'sched:sched_process_exec' has no string 'pid' [field-unknown]
	TP_DATA_LOC_READ_CONST(text, pid, 8);
	// CHECK: data_loc-errors.c:[[@LINE+1]]:2: error: tracepoint 'sched:sched_process_exec' has no string 'nosuch' [field-unknown]
	TP_DATA_LOC_READ_STR(text, nosuch, sizeof(text));
	return 0;
}

int kprobe__vfs_read(struct pt_regs *ctx)
{
	char text[16];

	// CHECK: data_loc-errors.c:[[@LINE+1]]:2: error: 'args' is not declared here, but in other functions [name-elsewhere]
	TP_DATA_LOC_READ(text, filename);
	return 0;
}
