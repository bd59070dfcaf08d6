// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Names of what no kernel has.
// RUN: %not %bcc2core check %s 2>&1 | %FileCheck %s --implicit-check-not=error:
//
// CHECK: names-errors.c:[[@LINE+3]]:5: error: no kernel of the data has the function 'vfs_raed' [function-unknown]
// CHECK: help: did you mean 'vfs_read'?
// CHECK: help: for a function of a kernel or module of your own, give its entry in the manifest 'optional: true', or that kernel with '--btf'
int kprobe__vfs_raed(struct pt_regs *ctx)
{
	return 0;
}
// CHECK: names-errors.c:[[@LINE+3]]:5: error: no kernel of the data has the function 'vfs_wriet' [function-unknown]
// CHECK: help: did you mean 'vfs_write'?
// CHECK: help: for a function of a kernel or module of your own, give its entry in the manifest 'optional: true', or that kernel with '--btf'
int kretprobe__vfs_wriet(struct pt_regs *ctx)
{
	return 0;
}
// CHECK: names-errors.c:[[@LINE+2]]:5: error: no kernel of the data has the system call 'opennat' [syscall-unknown]
// CHECK: help: did you mean 'openat'?
int syscall__opennat(struct pt_regs *ctx)
{
	return 0;
}
// CHECK: names-errors.c:[[@LINE+2]]:5: error: no kernel of the data has the system call 'clnoe' [syscall-unknown]
// CHECK: help: did you mean 'clone'?
int kprobe__sys_clnoe(struct pt_regs *ctx)
{
	return 0;
}
// CHECK: names-errors.c:[[@LINE+3]]:5: error: no kernel of the data has the function 'vfs_raed' [function-unknown]
// CHECK: help: did you mean 'vfs_read'?
// CHECK: help: for a function of a kernel or module of your own, give its entry in the manifest 'optional: true', or that kernel with '--btf'
int kfunc__vfs_raed(u64 *ctx)
{
	return 0;
}
// CHECK: names-errors.c:[[@LINE+3]]:5: error: no kernel of the data has the function 'vfs_wriet' [function-unknown]
// CHECK: help: did you mean 'vfs_write'?
// CHECK: help: for a function of a kernel or module of your own, give its entry in the manifest 'optional: true', or that kernel with '--btf'
int kretfunc__vfs_wriet(u64 *ctx)
{
	return 0;
}
// CHECK: names-errors.c:[[@LINE+2]]:5: error: no kernel of the data has the function 'nosuch_modify' [function-unknown]
// CHECK: help: for a function of a kernel or module of your own, give its entry in the manifest 'optional: true', or that kernel with '--btf'
int kmod_ret__nosuch_modify(u64 *ctx)
{
	return 0;
}
// CHECK: names-errors.c:[[@LINE+1]]:5: error: no kernel of the data has the hook of the LSM 'file_opne' [function-unknown]
int lsm__file_opne(u64 *ctx)
{
	return 0;
}
// CHECK: names-errors.c:[[@LINE+1]]:5: error: no kernel of the data has the iterator 'tsk' [function-unknown]
int bpf_iter__tsk(void *ctx)
{
	return 0;
}
