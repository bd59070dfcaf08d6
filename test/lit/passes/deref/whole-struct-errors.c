// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Copies of kernel structs that can't be followed, or that lack what is used of them.
// RUN: %bcc2core check --dump=unit %s 2>&1 | %FileCheck %s
#include <linux/fs.h>
#include <linux/ns_common.h>
#include <linux/skbuff.h>

BPF_HASH(kept, u32, struct ns_common);

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	struct ns_common ns = {};
	u32 key = 0;

	// CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: '&task->nsproxy->mnt_ns->ns' is copied as a whole, and kernels lay out 'struct ns_common' in different ways [whole-struct]
	bpf_probe_read_kernel(&ns, sizeof(ns), &task->nsproxy->mnt_ns->ns);
	kept.update(&key, &ns);
	return 0;
}

int kprobe__vfs_write(struct pt_regs *ctx, struct file *file)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	struct ns_common ns;

	// CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: 'task->nsproxy->mnt_ns->ns' is copied as a whole, and 'inum' is behind its end on 7.2 [whole-struct]
	ns = task->nsproxy->mnt_ns->ns;
	return ns.inum;
}

int kprobe__tcp_v4_rcv(struct pt_regs *ctx, struct sk_buff *from)
{
	struct sk_buff skb;

	// CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: 'from' is copied as a whole, and the bit-field 'pkt_type' is not relocated in it [whole-struct]
	bpf_probe_read_kernel(&skb, sizeof(skb), from);
	return skb.pkt_type;
}
