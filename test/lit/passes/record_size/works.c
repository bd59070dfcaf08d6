// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Records that kernels have in different sizes: sizeof, elements and steps are the host's.
// RUN: rm -rf %t && %bcc2core emit %s -o %t
// RUN: grep -v CHECK %t/works.bpf.c | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o

BPF_HASH(seen, u64);
BPF_PERF_OUTPUT(events);

static u64 put(u64 key)
{
	seen.increment(key);
	return key;
}

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	struct ipc_namespace *ns = task->nsproxy->ipc_ns;
	struct ipc_ids *ids = ns->ids, *end, one;
	u64 size = sizeof(struct task_struct) * 2;
	u32 i = bpf_get_smp_processor_id() & 1;

	put(sizeof(*task) + sizeof(one) + sizeof(struct list_head));
	bpf_probe_read_kernel(&one, sizeof(struct ipc_ids), ids);
	events.perf_submit(ctx, &one, sizeof(struct ipc_ids));
	seen.increment(sizeof(struct ipc_ids));
	put(ids[i].last_idx + ids[0].last_idx + ns->ids[i].last_idx + ns->ids[2].last_idx);
	put((u64)&ids[i] + (u64)&ns->ids[i] + (u64)&ids[i].last_idx);
	put((ids + 1)->last_idx + (*(ids + i)).last_idx + (1 + ids)->last_idx);
	end = ids + 3;
	ids++;
	ids += i;
	ids -= 1;
	--ids;
	put(end - ids);
	return size;
}

// One size on all kernels, and memory of the program: plain C.
int kprobe__vfs_write(struct pt_regs *ctx, struct file *file)
{
	struct list_head *heads = file->f_path.mnt->mnt_sb->s_inodes.next;
	struct ipc_ids own[2] = {};
	u32 i = bpf_get_smp_processor_id() & 1;

	heads++;
	put((u64)heads[i].next + sizeof(struct list_head));
	put((u64)&own[1] - (u64)(own + 1));
	return 0;
}

// CHECK: u64 size = bpf_core_type_size(struct task_struct) * 2;
// CHECK: put(bpf_core_type_size(struct task_struct) + sizeof(one) + sizeof(struct list_head));
// CHECK-NEXT: bpf_probe_read_kernel(&one, sizeof(struct ipc_ids), ids);
// CHECK-NEXT: b2c_ringbuf_output(&events, &one, sizeof(struct ipc_ids), 0, events_lost);
// CHECK-NEXT: b2c_increment(&seen, &(u64){bpf_core_type_size(struct ipc_ids)}, 1, &seen_full);
// CHECK-NEXT: put(b2c_core_read(&b2c_at(ids, i), last_idx) + BPF_CORE_READ(&ids[0], last_idx) + b2c_core_read(&b2c_at(ns->ids, i), last_idx) + BPF_CORE_READ(ns, ids[2].last_idx));
// CHECK-NEXT: put((u64)b2c_element(ids, i) + (u64)b2c_element(ns->ids, i) + (u64)&b2c_at(ids, i).last_idx);
// CHECK-NEXT: put(b2c_core_read((b2c_element(ids, 1)), last_idx) + b2c_core_read((b2c_element(ids, i)), last_idx) + b2c_core_read((b2c_element(ids, 1)), last_idx));
// CHECK-NEXT: end = b2c_element(ids, 3);
// CHECK-NEXT: ids = b2c_element(ids, 1);
// CHECK-NEXT: ids = b2c_element(ids, i);
// CHECK-NEXT: ids = b2c_element(ids, -(1));
// CHECK-NEXT: ids = b2c_element(ids, -1);
// CHECK-NEXT: put(b2c_div((void *)(end) - (void *)(ids), (long)bpf_core_type_size(struct ipc_ids)));

// CHECK: heads++;
// CHECK: sizeof(struct list_head));
// CHECK-NEXT: put((u64)&own[1] - (u64)(own + 1));
