// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A number where an address is wanted, an address where a number is: the emitted source has the cast.
// RUN: %bcc2core check --dump=unit --passes=conversion %s 2>%t.err | grep -v CHECK | %FileCheck %s
// RUN: %FileCheck --check-prefix=WARN %s < %t.err
// RUN: %bcc2core object %s -o %t.o
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s --check-prefix=DEREF
//
// CHECK: struct task_struct *task = (struct task_struct *)bpf_get_current_task();
// CHECK: k.low = (u32)b2c_low_address(&name);
// CHECK: k.address = (u64)name;
// CHECK: bpf_probe_read_kernel(&k.low, sizeof(k.low), (const void *)(k.address + 4));
// CHECK: take((void *)(unsigned long)k.low, 0);
// CHECK: return k.address == (u64)name;
// DEREF: return BPF_CORE_READ(task, pid)
//
// WARN: forms.c:{{[0-9]+}}:22: warning: incompatible integer to pointer conversion initializing {{.*}} [clang-warning]
// WARN: forms.c:{{[0-9]+}}:8: warning: incompatible pointer to integer conversion assigning to 'u32' {{.*}} [clang-warning]
struct key {
	u64 address;
	u32 low;
};

static int take(void *first, void *second)
{
	return first == second;
}

static int pid(void)
{
	struct task_struct *task = bpf_get_current_task();

	return task->pid;
}

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct key k = {};
	char name[16];

	k.low = &name;
	k.address = name;
	bpf_probe_read_kernel(&k.low, sizeof(k.low), k.address + 4);
	take(k.low, 0);
	return k.address == (u64)name;
}
