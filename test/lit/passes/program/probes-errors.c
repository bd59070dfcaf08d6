// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Macros of bcc for programs, with what no kernel has.
// RUN: %not %bcc2core check %s 2>&1 | %FileCheck %s --implicit-check-not=error:
//
// CHECK: probes-errors.c:[[@LINE+2]]:1: error: no kernel of the data has the function 'nosuch_modify' [function-unknown]
// CHECK: help: for a function of a kernel or module of your own, give its entry in the manifest 'optional: true', or that kernel with '--btf'
KMOD_RET(nosuch_modify, int n)
{
	return 0;
}
// CHECK: probes-errors.c:[[@LINE+3]]:1: error: no kernel of the data has the function 'xfs_nosuch' [function-unknown]
// CHECK: help: did you mean 'xfs_notice'?
// CHECK: help: for a function of a kernel or module of your own, give its entry in the manifest 'optional: true', or that kernel with '--btf'
MODULE_KFUNC_PROBE(xfs, xfs_nosuch, int n)
{
	return 0;
}
// CHECK: probes-errors.c:[[@LINE+3]]:1: error: no kernel of the data has the function 'xfs_nosuch' [function-unknown]
// CHECK: help: did you mean 'xfs_notice'?
// CHECK: help: for a function of a kernel or module of your own, give its entry in the manifest 'optional: true', or that kernel with '--btf'
MODULE_KRETFUNC_PROBE(xfs, xfs_nosuch, int n, int ret)
{
	return 0;
}
// CHECK: probes-errors.c:[[@LINE+3]]:1: error: no kernel of the data has the function 'xfs_nosuch' [function-unknown]
// CHECK: help: did you mean 'xfs_notice'?
// CHECK: help: for a function of a kernel or module of your own, give its entry in the manifest 'optional: true', or that kernel with '--btf'
MODULE_KMOD_RET(xfs, xfs_nosuch, int n, int ret)
{
	return 0;
}
// CHECK: probes-errors.c:[[@LINE+1]]:1: error: no kernel of the data has the hook of the LSM 'file_opne' [function-unknown]
LSM_PROBE(file_opne, struct file *file)
{
	return 0;
}
// CHECK: probes-errors.c:[[@LINE+2]]:1: warning: declaration of 'struct bpf_iter__nosuch' will not be visible outside of this function [clang-warning]
// CHECK: probes-errors.c:[[@LINE+1]]:1: error: no kernel of the data has the iterator 'nosuch' [function-unknown]
BPF_ITER(nosuch)
{
	return 0;
}
