// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Arguments of a system call are numbered in the kernel's record; each keeps
// its type; its number is of 4 bytes. Also in a macro, in an argument, and nested in a method.
// RUN: %bcc2core check --dump=unit --passes=tracepoint_args,map_method %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define NAME(record) ((const char *)b2c_context_load(record->args[1]))
// CHECK: const char *name = ((const char *)args->args[1]);
// CHECK-NEXT: u64 dfd = ((s64)args->args[0]), flags = ((s64)args->args[2]) & 3;
// CHECK-NEXT: b2c_increment(&h, &(u32){((s64)args->args[2])}, 1, &h_full);
// CHECK-NEXT: if (NAME(args) != name || helper(((s64)b2c_context_load(args->args[0]))))
// CHECK: return args->ret + ((int)args->id);

BPF_HASH(h, u32);

#define NAME(record) record->filename

static int helper(int fd)
{
	return fd;
}

TRACEPOINT_PROBE(syscalls, sys_enter_openat)
{
	const char *name = args->filename;
	u64 dfd = args->dfd, flags = args->flags & 3;
	h.increment(args->flags);
	if (NAME(args) != name || helper(args->dfd))
		return 1;
	return dfd + flags;
}

TRACEPOINT_PROBE(syscalls, sys_exit_openat)
{
	return args->ret + args->__syscall_nr;
}
