// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Functions that are not inlined share the stack with the program that calls them: together
// they have too much, so that the largest variable of the chain goes.
// RUN: rm -rf %t && %bcc2core emit %s -o %t
// RUN: grep -v CHECK %t/chain.bpf.c | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o

__attribute__((noinline)) int part(int n)
{
	char bytes[300];

	bpf_get_current_comm(bytes, sizeof(bytes));
	return bytes[n & 255];
}

int kprobe__vfs_read(struct pt_regs *ctx)
{
	char own[260];

	bpf_get_current_comm(own, sizeof(own));
	return part(own[1]);
}

// CHECK: __attribute__((noinline)) int part(int n)
// CHECK: char (*bytes)[300] = bpf_map_lookup_elem(&bytes_scratch, &(u32){ 0 });
// CHECK: return (*bytes)[n & 255];
// CHECK: char own[260];
