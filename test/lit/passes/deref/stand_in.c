// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A record that stands for one of the kernel's: its name goes on where the kernel's ends, and
// pointers to that are cast to it. What both have is read from the kernel's.
// RUN: rm -rf %t && %bcc2core emit %s -o %t 2>%t.err
// RUN: grep -v CHECK %t/stand_in.bpf.c | %FileCheck %s
// RUN: %FileCheck %s --check-prefix=WARN --implicit-check-not=warning: <%t.err
// RUN: %bcc2core object %s -o %t.o

struct cfs_rq_partial {
	struct load_weight load;
	unsigned int nr_running, h_nr_running, nr_strange;
};

struct dentry_head {
	unsigned int d_flags;
	struct qstr d_name;
};

// Of another name, so that nothing says what it stands for.
struct queue {
	u64 weight;
};

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	struct cfs_rq_partial *own = (struct cfs_rq_partial *)task->se.cfs_rq;
	struct queue *queue = (struct queue *)task->se.cfs_rq;
	u64 weight = own->load.weight;
	u32 nr = 0;

	bpf_probe_read_kernel(&nr, sizeof(nr), &own->nr_running);
	return own->nr_running + ((struct cfs_rq_partial *)task->se.cfs_rq)->nr_running + weight +
	       nr + own->nr_strange + queue->weight;
}

int kprobe__vfs_open(struct pt_regs *ctx, struct path *path)
{
	struct dentry_head *head = (struct dentry_head *)path->dentry;
	char name[16];

	bpf_probe_read_kernel_str(name, sizeof(name), head->d_name.name);
	bpf_probe_read_kernel(name, 4, &head->d_flags);
	return name[0] + head->d_flags;
}

// CHECK: u64 weight = BPF_CORE_READ((struct cfs_rq *)own, load.weight);
// CHECK: bpf_probe_read_kernel(&nr, sizeof(nr), cfs_rq_nr_running_address((struct cfs_rq *)own));
// CHECK-NEXT: return cfs_rq_nr_running((struct cfs_rq *)own) + cfs_rq_nr_running((struct cfs_rq *)
// CHECK: BPF_CORE_READ((struct dentry *)head, d_name.name)
// CHECK-NEXT: bpf_probe_read_kernel(name, 4, &((struct dentry *)head)->d_flags);
// CHECK-NEXT: return name[0] + BPF_CORE_READ((struct dentry *)head, d_flags);

// WARN: warning: 'own->nr_strange' is read from kernel memory with the layout the program gives 'cfs_rq_partial' [own-layout]
// WARN: warning: 'queue->weight' is read from kernel memory with the layout the program gives 'queue' [own-layout]
