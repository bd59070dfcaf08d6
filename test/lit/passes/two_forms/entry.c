// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A kprobe that needs nothing of its registers but arguments is an fentry program too.
// RUN: %bare-bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bare-bcc2core object %s -o %t.o
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s --check-prefix=ONE
//
// CHECK: program kprobe__vfs_read kprobe target=vfs_read self_attach
// CHECK-NEXT: program kprobe__vfs_read_fentry fentry target=vfs_read self_attach line={{[0-9]+}} reads=0x5
// CHECK: source:
// CHECK: static __always_inline int
// CHECK-NEXT: handle_kprobe__vfs_read(void *ctx, struct file *file, char *buf, size_t count)
// CHECK-NEXT: {
// CHECK: BPF_CORE_READ(file, f_mode)
// CHECK: b2c_ringbuf_output(&events,
// CHECK: SEC("?fentry/vfs_read")
// CHECK-NEXT: int BPF_PROG(kprobe__vfs_read_fentry, struct file *file, char *buf, size_t count)
// CHECK-NEXT: {
// CHECK-NEXT: handle_kprobe__vfs_read(ctx, file, buf, count);
// CHECK-NEXT: return 0;
// CHECK-NEXT: }
// CHECK-EMPTY:
// CHECK-NEXT: SEC("kprobe/vfs_read")
// CHECK-NEXT: int BPF_KPROBE(kprobe__vfs_read, struct file *file, char *buf, size_t count)
// CHECK-NEXT: {
// CHECK-NEXT: return handle_kprobe__vfs_read(ctx, file, buf, count);
// CHECK-NEXT: }
//
// CHECK: static __always_inline int handle_kprobe__vfs_write(void *regs)
// CHECK: submit(regs, 1);
// CHECK: return 0;
// CHECK-NEXT: }
// CHECK-EMPTY:
// CHECK-NEXT: SEC("?fentry/vfs_write")
// CHECK-NEXT: int kprobe__vfs_write_fentry(unsigned long long *ctx)
// CHECK: SEC("kprobe/vfs_write")
// CHECK-NEXT: int kprobe__vfs_write(struct pt_regs *ctx)
//
// ONE-NOT: fentry
// ONE: SEC("kprobe/vfs_read")
// ONE-NEXT: int BPF_KPROBE(kprobe__vfs_read, struct file *file, char *buf, size_t count)
// ONE-NOT: handle_
#include <linux/fs.h>

struct event {
	u32 pid;
	u64 size;
};

BPF_PERF_OUTPUT(events);

static void submit(struct pt_regs *ctx, u64 size)
{
	struct event event = {.pid = bpf_get_current_pid_tgid(), .size = size};

	events.perf_submit(ctx, &event, sizeof(event));
}

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file, char __user *buf, size_t count)
{
	struct event event = {.size = count};

	if (file->f_mode)
		events.perf_submit(ctx, &event, sizeof(event));
	return 1;
}

void kprobe__vfs_write(struct pt_regs *regs)
{
	submit(regs, 1);
}
