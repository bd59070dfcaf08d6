/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Inline functions of tasks and of scatter lists: of include/linux/ sched.h, scatterlist.h, mm.h. */
static __always_inline pid_t task_pid_nr(struct task_struct *tsk)
{
	return tsk->pid;
}

static __always_inline pid_t task_tgid_nr(struct task_struct *tsk)
{
	return tsk->tgid;
}

#define SG_CHAIN 0x01UL
#define SG_END 0x02UL
#define SG_PAGE_LINK_MASK (SG_CHAIN | SG_END)

static __always_inline bool sg_is_chain(struct scatterlist *sg)
{
	return sg->page_link & SG_CHAIN;
}

static __always_inline bool sg_is_last(struct scatterlist *sg)
{
	return sg->page_link & SG_END;
}

static __always_inline struct scatterlist *sg_chain_ptr(struct scatterlist *sg)
{
	return (struct scatterlist *)(sg->page_link & ~SG_PAGE_LINK_MASK);
}

static __always_inline struct page *sg_page(struct scatterlist *sg)
{
	return (struct page *)(sg->page_link & ~SG_PAGE_LINK_MASK);
}

/* The first page of a folio lies at its start. */
static __always_inline struct page *folio_page(struct folio *folio, unsigned long n)
{
	return &folio->page + n;
}
