// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Elements of arrays in a struct: a constant index, an enumerator, a variable, a member of an element.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/sched.h>
#include <linux/mmzone.h>

BPF_HASH(seen, u64);

int kprobe____alloc_pages_slowpath(struct pt_regs *ctx, gfp_t gfp, unsigned int order, struct alloc_context *ac)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	// CHECK: struct zone *zone = BPF_CORE_READ(ac, preferred_zoneref, zone);
	struct zone *zone = ac->preferred_zoneref->zone;
	// CHECK: unsigned int level = BPF_CORE_READ(task, thread_pid, level);
	unsigned int level = task->thread_pid->level;
	struct upid upid;
	u64 key;

	// CHECK: bpf_probe_read_kernel(&upid, sizeof(upid), &BPF_CORE_READ(task, thread_pid)->numbers[level]);
	bpf_probe_read_kernel(&upid, sizeof(upid), &task->thread_pid->numbers[level]);
	// CHECK: key = upid.nr + BPF_CORE_READ(task, thread_pid, numbers[0].nr);
	key = upid.nr + task->thread_pid->numbers[0].nr;
	// CHECK: key += BPF_CORE_READ(zone, _watermark[WMARK_LOW]) + b2c_core_read(&b2c_at(zone->free_area, order), nr_free);
	key += zone->_watermark[WMARK_LOW] + zone->free_area[order].nr_free;
	// CHECK: key += BPF_CORE_READ(task, thread_pid, numbers[1].ns, level);
	key += task->thread_pid->numbers[1].ns->level;
	// CHECK: b2c_increment(&seen, &key, 1, &seen_full);
	seen.increment(key);
	return 0;
}
