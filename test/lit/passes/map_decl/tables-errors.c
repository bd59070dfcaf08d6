// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Tables, hashes and arrays with too many arguments, without a size, of no kind.
// RUN: rm -f %t.o && %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s --implicit-check-not=error:
// RUN: test ! -e %t.o
//
// CHECK: tables-errors.c:[[@LINE+1]]:36: error: the size of map 'pinned' is no positive constant [map-size]
BPF_TABLE_PINNED("hash", u32, u64, pinned, 0, "/sys/fs/bpf/pinned");
// CHECK: tables-errors.c:[[@LINE+1]]:36: error: the size of map 'public' is no positive constant [map-size]
BPF_TABLE_PUBLIC("hash", u32, u64, public, -1);
// CHECK: tables-errors.c:[[@LINE+2]]:35: error: map kind 'hsh' is not supported [map-kind-unsupported]
// CHECK: help: one of hash, percpu_hash, lru_hash, lru_percpu_hash, array, percpu_array, stacktrace, perf_output, ringbuf, lpm_trie, queue, stack, prog, perf_array, cgroup_array, array_of_maps, hash_of_maps, devmap, cpumap, xskmap, sockmap, sockhash, sk_storage, inode_storage, task_storage, cgroup_storage, percpu_cgroup_storage
BPF_TABLE_SHARED("hsh", u32, u64, shared, 8);
// CHECK: tables-errors.c:[[@LINE+1]]:31: error: the size of map 'flagged' is no positive constant [map-size]
BPF_F_TABLE("hash", u32, u64, flagged, 0, BPF_F_NO_PREALLOC);
// CHECK: tables-errors.c:[[@LINE+1]]:17: error: the size of map 'per_cpu' is no positive constant [map-size]
BPF_PERCPU_HASH(per_cpu, u32, u64, 0);
// CHECK: tables-errors.c:[[@LINE+1]]:14: error: the size of map 'lru' is no positive constant [map-size]
BPF_LRU_HASH(lru, u32, u64, 1 - 1);
// CHECK: tables-errors.c:[[@LINE+1]]:21: error: the size of map 'lru_percpu' is no positive constant [map-size]
BPF_LRU_PERCPU_HASH(lru_percpu, u32, u64, 0);
// CHECK: tables-errors.c:[[@LINE+1]]:15: error: the size of map 'dist' is no positive constant [map-size]
BPF_HISTOGRAM(dist, u32, 0);
// CHECK: tables-errors.c:[[@LINE+1]]:12: error: the size of map 'cpus' is no positive constant [map-size]
BPF_CPUMAP(cpus, 0);
// CHECK: tables-errors.c:[[@LINE+1]]:11: error: the size of map 'lifo' is no positive constant [map-size]
BPF_STACK(lifo, u32, 0);
// CHECK: tables-errors.c:[[@LINE+1]]:25: error: the size of map 'fifo' is no positive constant [map-size]
BPF_QUEUESTACK("queue", fifo, u32, 0, 0);
// CHECK: tables-errors.c:[[@LINE+2]]:31: error: 'BPF_QUEUESTACK_PUBLIC' declares a queue or a stack, not 'hash' [map-kind-unsupported]
// CHECK: help: declare it with BPF_TABLE
BPF_QUEUESTACK_PUBLIC("hash", public_queue, u32, 8, 0);
// CHECK: tables-errors.c:[[@LINE+1]]:32: error: the size of map 'shared_queue' is no positive constant [map-size]
BPF_QUEUESTACK_SHARED("queue", shared_queue, u32, 0, 0);
// CHECK: tables-errors.c:[[@LINE+2]]:30: error: map kind 'que' is not supported [map-kind-unsupported]
// CHECK: help: one of hash, percpu_hash, lru_hash, lru_percpu_hash, array, percpu_array, stacktrace, perf_output, ringbuf, lpm_trie, queue, stack, prog, perf_array, cgroup_array, array_of_maps, hash_of_maps, devmap, cpumap, xskmap, sockmap, sockhash, sk_storage, inode_storage, task_storage, cgroup_storage, percpu_cgroup_storage
BPF_QUEUESTACK_PINNED("que", pinned_queue, u32, 8, 0, "/sys/fs/bpf/queue");
// CHECK: tables-errors.c:[[@LINE+1]]:25: error: the size of map 'traces' is no positive constant [map-size]
BPF_STACK_TRACE_BUILDID(traces, 0);
// CHECK: tables-errors.c:[[@LINE+1]]:20: error: the size of map 'ring' is no positive constant [map-size]
BPF_RINGBUF_OUTPUT(ring, 0);
BPF_SK_STORAGE(of_sk, u64);

int f(struct pt_regs *ctx)
{
	return 0;
}
