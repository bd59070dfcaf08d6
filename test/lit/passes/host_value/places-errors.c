// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Every place that wants a constant; what is not a number of the program's to write or point to.
// RUN: %not %bcc2core object --arch arm64 %s -o %t.o 2>&1 | %FileCheck %s
//
// CHECK: places-errors.c:[[@LINE+2]]:5: error: 'HZ' is a number of the host, and a condition wants a constant [host-value]
// CHECK: help: ask with 'if', or say -D HZ=...
#if HZ > 100
#endif
// CHECK: places-errors.c:[[@LINE+1]]:24: error: 'PAGE_SIZE' is a number of the host, and a constant is wanted here [host-value]
BPF_ARRAY(counts, u64, PAGE_SIZE);
struct record {
	// CHECK: places-errors.c:[[@LINE+1]]:12: error: 'PAGE_SIZE' is a number of the host
	char text[PAGE_SIZE / 16];
};
// CHECK: places-errors.c:[[@LINE+1]]:27: error: 'HZ' is a number of the host
static const int second = HZ;
enum {
	// CHECK: places-errors.c:[[@LINE+1]]:9: error: 'bpf_num_cpus' is a number of the host
	CPUS = bpf_num_cpus(),
};

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file, char *buf, size_t count)
{
	struct record record = {};
	// CHECK: places-errors.c:[[@LINE+1]]:13: error: 'bpf_num_cpus' is a number of the host
	int of_cpu[bpf_num_cpus()] = {};

	switch (count) {
	// CHECK: places-errors.c:[[@LINE+1]]:7: error: 'PAGE_SIZE' is a number of the host
	case PAGE_SIZE:
		return second + CPUS;
	}
	// CHECK: places-errors.c:[[@LINE+2]]:49: error: 'jiffies' is a clock of the kernel, of which a program has the number alone [host-value]
	// CHECK: help: copy it to a variable first
	bpf_probe_read(&count, sizeof(count), (void *)&jiffies);
	return record.text[0] + of_cpu[0];
}
