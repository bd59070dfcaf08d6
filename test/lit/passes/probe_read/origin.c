// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// bpf_probe_read and bpf_probe_read_str by whose memory they read; explicit ones stay.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/fs.h>

struct event {
	char name[64];
	u64 number;
};
BPF_PERF_OUTPUT(events);
BPF_HASH(names, u32, const char *);

int kprobe__do_sys_open(struct pt_regs *ctx, int dfd, const char __user *name, struct file *file)
{
	struct event e = {};
	u32 id = 0;

	names.update(&id, &name);
	// CHECK: bpf_probe_read_user(&e.name, sizeof(e.name), name);
	bpf_probe_read(&e.name, sizeof(e.name), name);
	// CHECK: bpf_probe_read_user_str(&e.name, sizeof(e.name), (void *)name);
	bpf_probe_read_str(&e.name, sizeof(e.name), (void *)name);
	// CHECK: bpf_probe_read_kernel(&e.number, sizeof(e.number), &file->f_flags);
	bpf_probe_read(&e.number, sizeof(e.number), &file->f_flags);
	// CHECK: bpf_probe_read_kernel_str(&e.name, sizeof(e.name), BPF_CORE_READ(file, f_path.dentry, d_name.name));
	bpf_probe_read_str(&e.name, sizeof(e.name), file->f_path.dentry->d_name.name);
	// CHECK: bpf_probe_read_user(&e.name, 1, file);
	bpf_probe_read_user(&e.name, 1, file);
	// CHECK: bpf_probe_read_kernel(&e.name, 1, name);
	bpf_probe_read_kernel(&e.name, 1, name);
	// CHECK: bpf_probe_read_kernel(&id, sizeof(id), &e.number);
	bpf_probe_read(&id, sizeof(id), &e.number);
	events.perf_submit(ctx, &e, sizeof(e));
	return 0;
}

int kretprobe__do_sys_open(struct pt_regs *ctx)
{
	struct event e = {};
	u32 id = 0;
	const char **name = names.lookup(&id);

	// CHECK: if (name && bpf_probe_read_user_str(&e.name, sizeof(e.name), *name) > 0)
	if (name && bpf_probe_read_str(&e.name, sizeof(e.name), *name) > 0)
		events.perf_submit(ctx, &e, sizeof(e));
	return 0;
}
