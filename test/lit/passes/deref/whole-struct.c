// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Kernel structs that are read as a whole: as they are where every kernel has what is used
// within the copy, else member by member.
// RUN: %bcc2core emit --dump=unit %s 2>&1 | grep -v CHECK | %FileCheck %s --implicit-check-not=warning
// RUN: %bcc2core object %s -o %t.o
#include <linux/fs.h>
#include <linux/ns_common.h>
#include <linux/skbuff.h>

// CHECK: {{^}}/* What is used of struct ns_common. */
// CHECK-NEXT: {{^}}struct ns_common_inum {
// CHECK-NEXT: unsigned int inum;
// CHECK-NEXT: {{^}}};
// CHECK: {{^}}struct ns_common_inum_ops {
// CHECK-NEXT: unsigned int inum;
// CHECK-NEXT: const struct proc_ns_operations *ops;

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	// A record that is the same everywhere.
	// CHECK: struct qstr name = BPF_CORE_READ(file, f_path.dentry, d_name);
	struct qstr name = file->f_path.dentry->d_name;
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	struct upid upid;
	// CHECK: struct ns_common_inum ns;
	struct ns_common ns;

	// CHECK: bpf_probe_read_kernel(&upid, sizeof(upid), &BPF_CORE_READ(task, thread_pid)->numbers[0]);
	bpf_probe_read_kernel(&upid, sizeof(upid), &task->thread_pid->numbers[0]);
	// What is used is behind the copy's end on 7.2.
	// CHECK: bpf_probe_read_kernel(&ns.inum, sizeof(ns.inum), &(&upid.ns->ns)->inum);
	bpf_probe_read_kernel(&ns, sizeof(ns), &upid.ns->ns);
	// CHECK: return name.len + b2c_deref(name.name) + upid.nr + ns.inum;
	return name.len + *name.name + upid.nr + ns.inum;
}

int kprobe__vfs_write(struct pt_regs *ctx, struct file *file)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	// CHECK: struct ns_common_inum_ops ns = {};
	struct ns_common ns = {};
	void *from = &task->thread_pid->numbers[0].ns->ns;

	// CHECK: ({ bpf_probe_read_kernel(&ns.inum, sizeof(ns.inum), &((struct ns_common *)(from))->inum); bpf_probe_read_kernel(&ns.ops, sizeof(ns.ops), &((struct ns_common *)(from))->ops); });
	bpf_probe_read_kernel(&ns, sizeof(ns), from);
	return ns.inum + (ns.ops != 0);
}

int kprobe__tcp_v4_rcv(struct pt_regs *ctx, struct sk_buff *from)
{
	struct sk_buff skb;

	// The layouts differ, but what is used lies within the copy and is relocated.
	// CHECK: bpf_probe_read_kernel(&skb, sizeof(skb), from);
	bpf_probe_read_kernel(&skb, sizeof(skb), from);
	// CHECK: return skb.len + skb.queue_mapping;
	return skb.len + skb.queue_mapping;
}
