// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Macros of bcc for programs, in macros of the program.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: program kfunc__vfs_read fentry target=vfs_read self_attach
// CHECK: program kretfunc__vfs_fsync fexit target=vfs_fsync self_attach
// CHECK: program lsm__file_open lsm target=file_open self_attach
// CHECK: program tracepoint__sched__sched_process_exit tracepoint target=sched:sched_process_exit self_attach
// CHECK: program raw_tracepoint__sched_switch raw_tracepoint target=sched_switch self_attach
// CHECK: program bpf_iter__task iter target=task self_attach
// CHECK: program kmod_ret__should_fail_bio fmod_ret target=should_fail_bio self_attach
// CHECK: program kfunc__xfs_file_read_iter fentry target=xfs_file_read_iter self_attach
// CHECK: program kretfunc__xfs_file_write_iter fexit target=xfs_file_write_iter self_attach
// CHECK: program kmod_ret__xfs_file_open fmod_ret target=xfs_file_open self_attach
// CHECK: /* sched:sched_process_exit has records of different names on different kernels. */
// CHECK-NEXT: #define sched_process_exit_args(args, member) \
// CHECK-NEXT: b2c_record_load_or(args, trace_event_raw_sched_process_exit, member, \
// CHECK-NEXT: b2c_record_load(args, trace_event_raw_sched_process_template, member))
// CHECK: SEC("fentry/vfs_read")
// CHECK-NEXT: int BPF_PROG(kfunc__vfs_read, struct file *file)
// CHECK: SEC("fexit/vfs_fsync")
// CHECK-NEXT: int BPF_PROG(kretfunc__vfs_fsync, struct file *file, int datasync, int ret)
// CHECK: SEC("lsm/file_open")
// CHECK-NEXT: int BPF_PROG(lsm__file_open, struct file *file)
// CHECK: SEC("tp/sched/sched_process_exit")
// CHECK-NEXT: int tracepoint__sched__sched_process_exit(struct trace_event_raw_sched_process_template *args)
// CHECK: return sched_process_exit_args(args, pid);
// CHECK: SEC("raw_tp/sched_switch")
// CHECK-NEXT: int raw_tracepoint__sched_switch(struct bpf_raw_tracepoint_args *ctx)
// CHECK: SEC("iter/task")
// CHECK-NEXT: int bpf_iter__task(struct bpf_iter__task *ctx)
// CHECK: SEC("fmod_ret/should_fail_bio")
// CHECK-NEXT: int BPF_PROG(kmod_ret__should_fail_bio, struct bio *bio)
// CHECK: SEC("fentry/xfs_file_read_iter")
// CHECK-NEXT: int BPF_PROG(kfunc__xfs_file_read_iter, struct kiocb *iocb)
// CHECK: SEC("fexit/xfs_file_write_iter")
// CHECK-NEXT: int BPF_PROG(kretfunc__xfs_file_write_iter, struct kiocb *iocb, void *from, int ret)
// CHECK: SEC("fmod_ret/xfs_file_open")
// CHECK-NEXT: int BPF_PROG(kmod_ret__xfs_file_open, struct inode *inode, struct file *file, int ret)
#define ENTER(f, ...) KFUNC_PROBE(f, __VA_ARGS__)
#define LEAVE(f, ...) KRETFUNC_PROBE(f, __VA_ARGS__)
#define IN_MODULE(m, f, ...) MODULE_KFUNC_PROBE(m, f, __VA_ARGS__)
#define OUT_OF_MODULE(m, f, ...) MODULE_KRETFUNC_PROBE(m, f, __VA_ARGS__)
#define CHANGE(f, ...) KMOD_RET(f, __VA_ARGS__)
#define CHANGE_IN_MODULE(m, f, ...) MODULE_KMOD_RET(m, f, __VA_ARGS__)
#define GUARD(h, ...) LSM_PROBE(h, __VA_ARGS__)
#define EVENT(e) TRACEPOINT_PROBE(sched, e)
#define RAW(e) RAW_TRACEPOINT_PROBE(e)
#define EACH(t) BPF_ITER(t)

ENTER(vfs_read, struct file *file)
{
	return file != 0;
}
LEAVE(vfs_fsync, struct file *file, int datasync, int ret)
{
	return ret;
}
GUARD(file_open, struct file *file)
{
	return 0;
}
EVENT(sched_process_exit)
{
	return args->pid;
}
RAW(sched_switch)
{
	return ctx->args[0] != 0;
}
EACH(task)
{
	return 0;
}
CHANGE(should_fail_bio, struct bio *bio)
{
	return 0;
}
IN_MODULE(xfs, xfs_file_read_iter, struct kiocb *iocb)
{
	return iocb != 0;
}
OUT_OF_MODULE(xfs, xfs_file_write_iter, struct kiocb *iocb, void *from, int ret)
{
	return ret;
}
CHANGE_IN_MODULE(xfs, xfs_file_open, struct inode *inode, struct file *file, int ret)
{
	return ret;
}
