// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Operations that no BPF instruction does; none ends the process.
// RUN: rm -f %t.o
// RUN: %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s --implicit-check-not=error:
// RUN: test ! -e %t.o
BPF_ARRAY(bytes, u8, 1);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	int zero = 0;
	u8 *byte = bytes.lookup(&zero);
	unsigned __int128 wide = bpf_ktime_get_ns();

	if (!byte)
		return (u64)((wide * wide) >> 64);
	__sync_fetch_and_add(byte, 1);
	return (long)__builtin_return_address(0);
}

int kprobe__vfs_write(struct pt_regs *ctx)
{
	void *labels[] = {&&one, &&two};

	goto *labels[bpf_ktime_get_ns() & 1];
one:
	bpf_get_smp_processor_id();
	return 1;
two:
	return bpf_ktime_get_ns();
}

int kprobe__vfs_open(struct pt_regs *ctx)
{
	if (bpf_ktime_get_ns() & 1)
		__builtin_trap();
	return 0;
}
// CHECK-DAG: bpf_operation.bpf.c:{{[0-9]+}}:{{[0-9]+}}: error: BPF can't multiply, divide or shift by a variable in 128 bits [bpf-operation]
// CHECK-DAG: bpf_operation.bpf.c:{{[0-9]+}}:{{[0-9]+}}: error: an atomic operation on 1 bytes; BPF has them on 4 and 8 [bpf-operation]
// CHECK-DAG: bpf_operation.bpf.c:{{[0-9]+}}:{{[0-9]+}}: error: BPF has no frames to look into [bpf-operation]
// CHECK-DAG: bpf_operation.bpf.c:{{[0-9:]+}}: error: BPF has no computed goto [bpf-operation]
// CHECK-DAG: bpf_operation.bpf.c:{{[0-9]+}}:{{[0-9]+}}: error: BPF has no trap [bpf-operation]
