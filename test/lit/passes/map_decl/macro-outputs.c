// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Outputs, stacks of functions, queues and storages that macros of the program declare.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: map io_events perf_output
// CHECK: map io_ring ringbuf max_entries=16384
// CHECK: map traces stacktrace key=int value={{.*}} max_entries=1024
// CHECK: map traces_buildid stacktrace key=int value={{.*}} max_entries=1024 flags=0x20
// CHECK: map lifo stack value=u64 max_entries=8
// CHECK: map fifo queue value=struct val max_entries=4
// CHECK: map kept queue value=u32 max_entries=4 pin=/sys/fs/bpf/kept
// CHECK: map open stack value=u32 max_entries=4
// CHECK: map open_shared queue value=u32 max_entries=4
// CHECK: map of_sk sk_storage key=int value=struct val flags=0x1
// CHECK: map of_inode inode_storage key=int value=struct val flags=0x1
// CHECK: map of_cgroup cgroup_storage key=struct bpf_cgroup_storage_key value=u64
// CHECK: map percpu percpu_cgroup_storage key=struct bpf_cgroup_storage_key value=u64
// CHECK: } io_events SEC(".maps");
// CHECK-NEXT: __u64 io_events_lost[B2C_NR_LOST]; /* records that found no room */
// CHECK: } io_ring SEC(".maps");
// CHECK-NEXT: __u64 io_ring_lost[B2C_NR_LOST]; /* records that found no room */
// CHECK: } traces SEC(".maps");
// CHECK: } traces_buildid SEC(".maps");
// CHECK: } lifo SEC(".maps");
// CHECK: } fifo SEC(".maps");
// CHECK: } kept SEC(".maps"); /* pinned at /sys/fs/bpf/kept */
// CHECK: } open SEC(".maps");
// CHECK: } open_shared SEC(".maps");
// CHECK: } of_sk SEC(".maps");
// CHECK: } of_inode SEC(".maps");
// CHECK: } of_cgroup SEC(".maps");
// CHECK: } percpu SEC(".maps");
// CHECK: SEC("?kprobe")
struct val {
	u64 n;
};

#define EVENTS(name) BPF_PERF_OUTPUT(name##_events); BPF_RINGBUF_OUTPUT(name##_ring, 4)
#define TRACES(name, n) BPF_STACK_TRACE(name, n); BPF_STACK_TRACE_BUILDID(name##_buildid, n)
#define LIFO(name, type) BPF_STACK(name, type, 8)
#define EITHER(kind, name) BPF_QUEUESTACK(kind, name, struct val, 4, 0)
#define KEPT(name, path) BPF_QUEUESTACK_PINNED("queue", name, u32, 4, 0, "/sys/fs/bpf/" path)
#define OPEN(name) BPF_QUEUESTACK_PUBLIC("stack", name, u32, 4, 0); \
	BPF_QUEUESTACK_SHARED("queue", name##_shared, u32, 4, 0)
#define STORED(type) BPF_SK_STORAGE(of_sk, type); BPF_INODE_STORAGE(of_inode, type)
#define GROUPED(type) BPF_CGROUP_STORAGE(of_cgroup, type); BPF_PERCPU_CGROUP_STORAGE(percpu, type)

EVENTS(io);
TRACES(traces, 1000);
LIFO(lifo, u64);
EITHER("queue", fifo);
KEPT(kept, "kept");
OPEN(open);
STORED(struct val);
GROUPED(u64);

int f(struct pt_regs *ctx)
{
	return 0;
}
