// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Members that moved between kernels (data/fields.def) are read by a function that
// takes the one the host has, whichever spelling the program uses.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/blkdev.h>
#include <linux/sched.h>
#include <linux/fs.h>

struct event {
	char name[32];
	u64 sum;
};
BPF_PERF_OUTPUT(events);

// CHECK:      struct request___rq_disk {
// CHECK-NEXT: 	struct gendisk *rq_disk;
// CHECK-NEXT: } __attribute__((preserve_access_index));
// CHECK:      static __always_inline struct gendisk *request_rq_disk(const struct request *request)
// CHECK-NEXT: {
// CHECK-NEXT: 	if (bpf_core_field_exists(struct request_queue, disk))
// CHECK-NEXT: 		return BPF_CORE_READ(request, q, disk);
// CHECK-NEXT: 	return BPF_CORE_READ((const struct request___rq_disk *)request, rq_disk);
// CHECK-NEXT: }
// CHECK:      static __always_inline const unsigned char *dentry_d_iname(const struct dentry *dentry)
// CHECK-NEXT: {
// CHECK-NEXT: 	if (bpf_core_field_exists(struct dentry___d_shortname_string, d_shortname.string))
// CHECK-NEXT: 		return ((const struct dentry___d_shortname_string *)dentry)->d_shortname.string;
// CHECK-NEXT: 	return dentry->d_iname;
// CHECK-NEXT: }
// CHECK-NOT:  request_rq_disk(const
// CHECK:      static __always_inline unsigned int task_struct_state(const struct task_struct *task_struct)
// CHECK-NOT:  task_struct_state(const
// CHECK:      static __always_inline const struct sched_statistics *
// CHECK-NEXT: task_struct_se_statistics(const struct task_struct *task_struct)

int kprobe__blk_account_io_done(struct pt_regs *ctx, struct request *rq, struct dentry *dentry)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	struct event e = {};

	// CHECK: e.sum = BPF_CORE_READ(request_rq_disk(rq), major) + BPF_CORE_READ(request_rq_disk(rq), major);
	e.sum = rq->rq_disk->major + rq->q->disk->major;
	// CHECK: bpf_probe_read_kernel(&e.name, sizeof(e.name), request_rq_disk(rq)->disk_name);
	bpf_probe_read_kernel(&e.name, sizeof(e.name), rq->rq_disk->disk_name);
	// CHECK: bpf_probe_read_kernel(&e.name, sizeof(e.name), dentry_d_iname(BPF_CORE_READ(dentry, d_parent)));
	bpf_probe_read_kernel(&e.name, sizeof(e.name), dentry->d_parent->d_iname);
	// CHECK: e.sum += b2c_deref(&dentry_d_iname(dentry)[3]);
	e.sum += dentry->d_iname[3];
	// CHECK: e.sum += task_struct_state(task) + task_struct_state(BPF_CORE_READ(task, real_parent));
	e.sum += task->state + task->real_parent->__state;
	// CHECK: e.sum += BPF_CORE_READ(task_struct_se_statistics(task), wait_start);
	e.sum += task->se.statistics.wait_start;
	events.perf_submit(ctx, &e, sizeof(e));
	return 0;
}

int kretprobe__udp_recvmsg(struct pt_regs *ctx)
{
	struct msghdr *msghdr = (struct msghdr *)PT_REGS_PARM2(ctx);
	struct msghdr **held = &msghdr;
	u64 sum = 0;

	// CHECK: sum = b2c_core_read(iov_iter_iov(&msghdr->msg_iter), iov_len);
	sum = msghdr->msg_iter.iov->iov_len;
	// CHECK: sum += (u64)iov_iter_iov(&(*held)->msg_iter);
	sum += (u64)(*held)->msg_iter.iov;
	// CHECK: sum += b2c_core_read(iov_iter_iov(&((struct msghdr *)sum)->msg_iter), iov_len);
	sum += ((struct msghdr *)sum)->msg_iter.__iov->iov_len;
	return sum;
}
