// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Names that say what a function is, pasted together by macros of the program.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: program kprobe__vfs_read kprobe target=vfs_read self_attach
// CHECK: program kprobe__vfs_write kprobe target=vfs_write self_attach
// CHECK: program kretprobe__vfs_write kretprobe target=vfs_write self_attach
// CHECK: program syscall__openat ksyscall target=openat self_attach
// CHECK: program raw_tracepoint__sched_switch raw_tracepoint target=sched_switch self_attach
// CHECK: program tracepoint__sched__sched_process_exit tracepoint target=sched:sched_process_exit self_attach
// CHECK: program bpf_iter__task iter target=task self_attach
// CHECK: program kfunc__vfs_read fentry target=vfs_read self_attach
// CHECK: program kretfunc__vfs_fsync fexit target=vfs_fsync self_attach
// CHECK: program lsm__file_open lsm target=file_open self_attach
// CHECK: program kmod_ret__should_fail_bio fmod_ret target=should_fail_bio self_attach
// CHECK: /* sched:sched_process_exit has records of different names on different kernels. */
// CHECK-NEXT: #define sched_process_exit_args(args, member) \
// CHECK-NEXT: b2c_record_load_or(args, trace_event_raw_sched_process_exit, member, \
// CHECK-NEXT: b2c_record_load(args, trace_event_raw_sched_process_template, member))
// CHECK: SEC("kprobe/vfs_read")
// CHECK-NEXT: int kprobe__vfs_read(struct pt_regs *ctx)
// CHECK: SEC("kprobe/vfs_write")
// CHECK-NEXT: int kprobe__vfs_write(struct pt_regs *ctx) { return 1; } SEC("kretprobe/vfs_write")
// CHECK-NEXT: int kretprobe__vfs_write(struct pt_regs *ctx) { return PT_REGS_RC(ctx); }
// CHECK-NEXT: SEC("ksyscall/openat")
// CHECK-NEXT: int BPF_KSYSCALL(syscall__openat, int dfd, const char *name)
// CHECK: SEC("raw_tp/sched_switch")
// CHECK-NEXT: int raw_tracepoint__sched_switch(struct bpf_raw_tracepoint_args *ctx)
// CHECK: SEC("tp/sched/sched_process_exit")
// CHECK-NEXT: int tracepoint__sched__sched_process_exit(struct trace_event_raw_sched_process_template *args)
// CHECK: return sched_process_exit_args(args, pid);
// CHECK: SEC("iter/task")
// CHECK-NEXT: int bpf_iter__task(struct bpf_iter__task *ctx)
// CHECK: SEC("fentry/vfs_read")
// CHECK-NEXT: int BPF_PROG(kfunc__vfs_read, struct file *file)
// CHECK: SEC("fexit/vfs_fsync")
// CHECK-NEXT: int BPF_PROG(kretfunc__vfs_fsync, struct file *file, int datasync, int ret)
// CHECK: SEC("lsm/file_open")
// CHECK-NEXT: int BPF_PROG(lsm__file_open, struct file *file)
// CHECK: SEC("fmod_ret/should_fail_bio")
// CHECK-NEXT: int kmod_ret__should_fail_bio(u64 *ctx)
#define ENTRY(f) int kprobe__##f(struct pt_regs *ctx)
#define BOTH(f) \
	int kprobe__##f(struct pt_regs *ctx) { return 1; } \
	int kretprobe__##f(struct pt_regs *ctx) { return PT_REGS_RC(ctx); }
#define CALL(f, ...) int syscall__##f(struct pt_regs *ctx, ##__VA_ARGS__)
#define RAW(e) int raw_tracepoint__##e(struct bpf_raw_tracepoint_args *ctx)
#define EVENT(c, e) int tracepoint__##c##__##e(struct tracepoint__##c##__##e *args)
#define TYPED(f, ...) int kfunc__##f(u64 *ctx, __VA_ARGS__)
#define TYPED_RETURN(f, ...) int kretfunc__##f(u64 *ctx, __VA_ARGS__)
#define HOOK(h, ...) int lsm__##h(u64 *ctx, __VA_ARGS__)
#define REPLACED(f) int kmod_ret__##f(u64 *ctx)
#define ITEMS(t) int bpf_iter__##t(struct bpf_iter__##t *ctx)

ENTRY(vfs_read)
{
	return 0;
}
BOTH(vfs_write)
CALL(openat, int dfd, const char __user *name)
{
	return dfd && name;
}
RAW(sched_switch)
{
	return ctx->args[0] != 0;
}
EVENT(sched, sched_process_exit)
{
	return args->pid;
}
ITEMS(task)
{
	return 0;
}
TYPED(vfs_read, struct file *file)
{
	return file != 0;
}
TYPED_RETURN(vfs_fsync, struct file *file, int datasync, int ret)
{
	return ret;
}
HOOK(file_open, struct file *file)
{
	return 0;
}
REPLACED(should_fail_bio)
{
	return 0;
}
