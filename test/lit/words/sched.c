// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// States and flags of tasks, flags of clone(2).
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define CLONE_THREAD 0x00010000
// CHECK-NEXT: #define CLONE_NEWPID 0x20000000
// CHECK-NEXT: #define CLONE_NEWNET 0x40000000
// CHECK-NEXT: #define TASK_RUNNING 0x00000000
// CHECK-NEXT: #define TASK_INTERRUPTIBLE 0x00000001
// CHECK-NEXT: #define TASK_UNINTERRUPTIBLE 0x00000002
// CHECK-NEXT: #define TASK_NORMAL (TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE)
// CHECK-NEXT: #define PF_EXITING 0x00000004
// CHECK-NEXT: #define PF_WQ_WORKER 0x00000020
// CHECK-NEXT: #define PF_KTHREAD 0x00200000
// CHECK: SEC("tp/sched/sched_switch")
// CHECK-NEXT: int tracepoint__sched__sched_switch(struct trace_event_raw_sched_switch *args)
// CHECK: static __always_inline int sleeps(long state)
// CHECK: SEC("kprobe/finish_task_switch")
// CHECK-NEXT: int BPF_KPROBE(kprobe__finish_task_switch, struct task_struct *prev)
// CHECK: if (!(BPF_CORE_READ(prev, flags) & PF_KTHREAD) || BPF_CORE_READ(prev, flags) & (PF_EXITING | PF_WQ_WORKER))
// CHECK-NEXT: return sleeps(BPF_CORE_READ(prev, exit_state));
// CHECK: SEC("ksyscall/unshare")
// CHECK-NEXT: int BPF_KSYSCALL(syscall__unshare, u64 flags)

// form: works
TRACEPOINT_PROBE(sched, sched_switch)
{
	return args->prev_state == TASK_INTERRUPTIBLE;
}

// form: nested
static int sleeps(long state)
{
	return state & TASK_UNINTERRUPTIBLE ? 2 : (state & TASK_NORMAL) != TASK_RUNNING;
}

int kprobe__finish_task_switch(struct pt_regs *ctx, struct task_struct *prev)
{
	if (!(prev->flags & PF_KTHREAD) || prev->flags & (PF_EXITING | PF_WQ_WORKER))
		return sleeps(prev->exit_state);
	return 0;
}

// form: macro
#define NEW_NAMESPACE(flags) ((flags) & (CLONE_NEWPID | CLONE_NEWNET))
#define IS_THREAD(flags) !!((flags) & CLONE_THREAD)

int syscall__unshare(struct pt_regs *ctx, u64 flags)
{
	return NEW_NAMESPACE(flags) && IS_THREAD(flags);
}
