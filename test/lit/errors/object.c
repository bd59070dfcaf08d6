// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// What only the BPF back end refuses is an error of the emitted source.
// RUN: rm -f %t.o
// RUN: %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s
// RUN: test ! -e %t.o
BPF_PERF_OUTPUT(events);

struct large {
	char bytes[600];
};

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct large large = {};

	bpf_get_current_comm(&large.bytes, 16);
	events.perf_submit(ctx, &large, sizeof(large));
	return 0;
}
// CHECK: object.bpf.c:{{[0-9]+}}:{{[0-9]+}}: error: {{.*}}BPF stack limit{{.*}} [object]
