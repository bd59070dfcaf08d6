// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// What a tool without outputs in its manifest cannot print is said, once for each map.
// RUN: %bcc2core check %s 2>&1 >/dev/null | %FileCheck %s --implicit-check-not=warning:
// RUN: rm -rf %t && mkdir %t && cd %t && echo 'outputs: [{table: counts}]' >m.yaml
// RUN: %bcc2core check %s -m m.yaml 2>&1 >/dev/null | %FileCheck %s --check-prefix=LIST --allow-empty
// LIST-NOT: warning:
struct pair {
	u64 bytes;
	u32 nr;
};

// CHECK: [[@LINE+2]]:11: warning: the tool does not print map 'pids': its elements can be read only by taking them out [map-unshown]
// CHECK: help: submit the elements to a BPF_RINGBUF_OUTPUT or BPF_PERF_OUTPUT instead
BPF_QUEUE(pids, u32, 64);
// CHECK: [[@LINE+1]]:11: warning: the tool does not print map 'last': its elements can be read only by taking them out [map-unshown]
BPF_STACK(last, u32, 64);
BPF_QUEUE(own, u32, 64);
BPF_QUEUESTACK_PINNED("queue", kept, u32, 64, 0, "/sys/fs/bpf/kept");
// CHECK: [[@LINE+2]]:17: warning: the tool does not print map 'mixed': its values are no integers that can be added up over the CPUs [map-unshown]
// CHECK: help: make them integers of 4 or 8 bytes, or a struct of such
BPF_PERCPU_HASH(mixed, u32, struct pair);
BPF_PERCPU_HASH(sums, u32, u64);
BPF_HASH(counts, u32);
struct sample {
	struct timespec64 at;
	u64 slots[33];
};
// CHECK: [[@LINE+3]]:10: warning: the tool does not print 'value.at' of map 'samples': 'struct timespec64' is the kernel's [map-unshown]
// CHECK: help: list what is to be shown of it under 'columns' of a manifest
// CHECK: [[@LINE+1]]:10: warning: the tool does not print 'value.slots' of map 'samples': an array of 33 elements is no row [map-unshown]
BPF_HASH(samples, u32, struct sample);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	u32 pid = bpf_get_current_pid_tgid() >> 32;
	struct pair zero = {};
	struct sample *sample = samples.lookup(&pid);

	pids.push(&pid);
	last.push(&pid);
	kept.push(&pid);
	own.push(&pid);
	own.pop(&pid);
	mixed.update(&pid, &zero);
	sums.increment(pid);
	counts.increment(pid);
	if (sample)
		sample->slots[0]++;
	return 0;
}
