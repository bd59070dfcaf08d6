// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Names that say how a function is attached, as bcc's loader reads them.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: program raw_tracepoint__sched_switch raw_tracepoint target=sched_switch self_attach
// CHECK: program kfunc__vfs_read fentry target=vfs_read self_attach
// CHECK: program kretfunc__vfs_read fexit target=vfs_read self_attach
// CHECK: program kmod_ret__security_file_open fmod_ret target=security_file_open self_attach
// CHECK: program lsm__file_open lsm target=file_open self_attach
// CHECK: uses helpers
// CHECK: SEC("raw_tp/sched_switch")
// CHECK-NEXT: int raw_tracepoint__sched_switch(
// CHECK: return bpf_log2(
// CHECK: SEC("fentry/vfs_read")
// CHECK: SEC("fexit/vfs_read")
// CHECK: SEC("fmod_ret/security_file_open")
// CHECK: SEC("lsm/file_open")

int raw_tracepoint__sched_switch(struct bpf_raw_tracepoint_args *ctx)
{
	return bpf_log2(ctx->args[0]);
}

int kfunc__vfs_read(unsigned long long *ctx)
{
	return 0;
}

int kretfunc__vfs_read(unsigned long long *ctx)
{
	return 0;
}

int kmod_ret__security_file_open(unsigned long long *ctx)
{
	return 0;
}

int lsm__file_open(unsigned long long *ctx)
{
	return 0;
}
