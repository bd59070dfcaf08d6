// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Accessors of tasks and scatter lists.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define SG_CHAIN 0x01UL
// CHECK-NEXT: #define SG_END 0x02UL
// CHECK-NEXT: #define SG_PAGE_LINK_MASK (SG_CHAIN | SG_END)
// CHECK: struct page___flags_f {
// CHECK: } __attribute__((preserve_access_index));
// CHECK: /* struct page: flags.f, before that flags */
// CHECK-NEXT: static __always_inline long unsigned int page_flags(const struct page *page)
// CHECK: if (bpf_core_field_exists(struct page___flags_f, flags.f))
// CHECK-NEXT: return BPF_CORE_READ((const struct page___flags_f *)page, flags.f);
// CHECK-NEXT: return BPF_CORE_READ(page, flags);
// CHECK: static __always_inline pid_t task_pid_nr(struct task_struct *tsk)
// CHECK: return BPF_CORE_READ(tsk, pid);
// CHECK: static __always_inline pid_t task_tgid_nr(struct task_struct *tsk)
// CHECK: return BPF_CORE_READ(tsk, tgid);
// CHECK: static __always_inline bool sg_is_chain(struct scatterlist *sg)
// CHECK: return BPF_CORE_READ(sg, page_link) & SG_CHAIN;
// CHECK: static __always_inline bool sg_is_last(struct scatterlist *sg)
// CHECK: return BPF_CORE_READ(sg, page_link) & SG_END;
// CHECK: static __always_inline struct scatterlist *sg_chain_ptr(struct scatterlist *sg)
// CHECK: return (struct scatterlist *)(BPF_CORE_READ(sg, page_link) & ~SG_PAGE_LINK_MASK);
// CHECK: static __always_inline struct page *sg_page(struct scatterlist *sg)
// CHECK: return (struct page *)(BPF_CORE_READ(sg, page_link) & ~SG_PAGE_LINK_MASK);
// CHECK: SEC("kprobe/wake_up_new_task")
// CHECK-NEXT: int BPF_KPROBE(kprobe__wake_up_new_task, struct task_struct *task)
// CHECK: static __always_inline struct page *page_of(struct scatterlist *sg)
// CHECK: SEC("kprobe/finish_task_switch")
// CHECK-NEXT: int BPF_KPROBE(kprobe__finish_task_switch, struct task_struct *task)
// CHECK: return task_tgid_nr(BPF_CORE_READ(task, group_leader));
// CHECK: SEC("kprobe/sg_next")
// CHECK-NEXT: int BPF_KPROBE(kprobe__sg_next, struct scatterlist *sg)
// CHECK: return page_of(sg) ? page_flags(page_of(sg)) : 0;
// CHECK: #define CHAINED(sg) (b2c_core_read(sg, page_link) & SG_CHAIN)
// CHECK: SEC("kprobe/do_exit")
// CHECK: SEC("kprobe/sg_nents")
// CHECK-NEXT: int BPF_KPROBE(kprobe__sg_nents, struct scatterlist *sg)

// form: works
int kprobe__wake_up_new_task(struct pt_regs *ctx, struct task_struct *task)
{
	return task_pid_nr(task);
}

// form: nested
static struct page *page_of(struct scatterlist *sg)
{
	return sg_is_chain(sg) ? sg_page(sg_chain_ptr(sg)) : sg_is_last(sg) ? 0 : sg_page(sg);
}

int kprobe__finish_task_switch(struct pt_regs *ctx, struct task_struct *task)
{
	if (task_pid_nr(task) != task_tgid_nr(task))
		return task_tgid_nr(task->group_leader);
	return 0;
}

int kprobe__sg_next(struct pt_regs *ctx, struct scatterlist *sg)
{
	return page_of(sg) ? page_of(sg)->flags : 0;
}

// form: macro
#define LEADS(task) (task_pid_nr(task) == task_tgid_nr(task))
#define CHAINED(sg) ((sg)->page_link & SG_CHAIN)

int kprobe__do_exit(struct pt_regs *ctx)
{
	return LEADS((struct task_struct *)bpf_get_current_task());
}

int kprobe__sg_nents(struct pt_regs *ctx, struct scatterlist *sg)
{
	return CHAINED(sg) != 0;
}
