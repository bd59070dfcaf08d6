// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// The context itself is read plainly; what its members point to is not.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/sched.h>
#include <linux/skbuff.h>

RAW_TRACEPOINT_PROBE(sched_switch)
{
	// CHECK: struct task_struct *prev = (struct task_struct *)ctx->args[1];
	struct task_struct *prev = (struct task_struct *)ctx->args[1];

	// CHECK: return BPF_CORE_READ(prev, pid) + BPF_CORE_READ((struct task_struct *)ctx->args[2], pid);
	return prev->pid + ((struct task_struct *)ctx->args[2])->pid;
}

TRACEPOINT_PROBE(skb, kfree_skb)
{
	struct sk_buff *skb = (struct sk_buff *)args->skbaddr;

	// CHECK: return BPF_CORE_READ(skb, len) + args->protocol;
	return skb->len + args->protocol;
}

int kprobe____x64_sys_getpid(struct pt_regs *ctx)
{
	struct pt_regs *regs = (struct pt_regs *)bpf_get_current_task();

	// CHECK: return PT_REGS_PARM1(ctx) + PT_REGS_PARM2_CORE(regs);
	return PT_REGS_PARM1(ctx) + PT_REGS_PARM2(regs);
}
