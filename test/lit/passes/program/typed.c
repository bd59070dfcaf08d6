// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// KMOD_RET, LSM_PROBE, BPF_ITER and the MODULE_ macros: typed arguments, plain loads.
// RUN: %bcc2core check --dump=unit %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: program kmod_ret____x64_sys_openat fmod_ret target=__x64_sys_openat self_attach line=
// CHECK: program kfunc__nfs_file_read fentry target=nfs_file_read self_attach line=
// CHECK: program kretfunc__nfs_file_read fexit target=nfs_file_read self_attach line=
// CHECK: program kmod_ret__nfs_getattr fmod_ret target=nfs_getattr self_attach line=
// CHECK: program lsm__file_open lsm target=file_open self_attach line=
// CHECK: program bpf_iter__task iter target=task self_attach line=
// CHECK: {{^}}SEC("fmod_ret/__x64_sys_openat")
// CHECK-NEXT: {{^}}int BPF_PROG(kmod_ret____x64_sys_openat, struct pt_regs *regs, int ret)
// CHECK: {{^}}SEC("fentry/nfs_file_read")
// CHECK-NEXT: {{^}}int BPF_PROG(kfunc__nfs_file_read, struct kiocb *iocb)
// CHECK-NEXT: {{^}}{
// CHECK-NEXT: {{^}}	return iocb->ki_filp->f_flags & 1;
// CHECK: {{^}}SEC("fexit/nfs_file_read")
// CHECK-NEXT: {{^}}int BPF_PROG(kretfunc__nfs_file_read)
// CHECK: {{^}}SEC("fmod_ret/nfs_getattr")
// CHECK-NEXT: {{^}}int BPF_PROG(kmod_ret__nfs_getattr)
// CHECK: {{^}}SEC("lsm/file_open")
// CHECK-NEXT: {{^}}int BPF_PROG(lsm__file_open, struct file *file, int ret)
// CHECK: {{^}}	return file->f_inode->i_mode & S_ISVTX ? -1 : ret;
// CHECK: {{^}}SEC("iter/task")
// CHECK-NEXT: {{^}}int bpf_iter__task(struct bpf_iter__task *ctx)
// CHECK: {{^}}		BPF_SEQ_PRINTF(ctx->meta->seq, "%d %s\n", task->real_parent->pid, task->comm);

#define S_ISVTX 01000

KMOD_RET(__x64_sys_openat, struct pt_regs *regs, int ret)
{
	return ret;
}

MODULE_KFUNC_PROBE(nfs, nfs_file_read, struct kiocb *iocb)
{
	return iocb->ki_filp->f_flags & 1;
}

MODULE_KRETFUNC_PROBE(nfs, nfs_file_read)
{
	return 0;
}

MODULE_KMOD_RET(nfs, nfs_getattr)
{
	return 0;
}

LSM_PROBE(file_open, struct file *file, int ret)
{
	return file->f_inode->i_mode & S_ISVTX ? -1 : ret;
}

BPF_ITER(task)
{
	struct task_struct *task = ctx->task;

	if (task)
		BPF_SEQ_PRINTF(ctx->meta->seq, "%d %s\n", task->real_parent->pid, task->comm);
	return 0;
}
