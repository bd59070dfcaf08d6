// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A name that only other functions declare, and one that none does.
// RUN: %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s
static int record(struct pt_regs *ctx)
{
	// CHECK: name-elsewhere.c:[[#@LINE+2]]:9: error: 'req' is not declared here, but in other functions [name-elsewhere]
	// CHECK: name-elsewhere.c:[[#@LINE+14]]:71: note: 'kprobe__blk_mq_start_request' has one of its own
	return req->__sector +
	       // CHECK: name-elsewhere.c:[[#@LINE+1]]:9: error: use of undeclared identifier 'nosuch' [clang]
	       nosuch;
}

#define SECTOR req->__sector

static int other(struct pt_regs *ctx)
{
	// CHECK: name-elsewhere.c:[[#@LINE+1]]:9: error: 'req' is not declared here, but in other functions [name-elsewhere]
	return SECTOR;
}

int kprobe__blk_mq_start_request(struct pt_regs *ctx, struct request *req)
{
	return record(ctx) + other(ctx);
}
