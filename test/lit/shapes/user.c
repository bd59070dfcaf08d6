// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Memory of the process: what __user says, element by element, and structs of the kernel's interface.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/fs.h>
#include <linux/openat2.h>

struct event { u64 flags, third; char name[32]; };
BPF_PERF_OUTPUT(events);

int syscall__openat2(struct pt_regs *ctx, int dfd, const char __user *name, const struct open_how __user *how)
{
	struct event event = {};
	struct open_how copy;

	bpf_probe_read_user(&copy, sizeof(copy), how);
	// CHECK: event.flags = copy.flags + BPF_CORE_READ_USER(how, mode);
	event.flags = copy.flags + how->mode;
	bpf_probe_read_user_str(event.name, sizeof(event.name), name);
	// CHECK: b2c_ringbuf_output(&events, &event, sizeof(event), 0, events_lost);
	events.perf_submit(ctx, &event, sizeof(event));
	return 0;
}

int syscall__execve(struct pt_regs *ctx, const char __user *filename, const char __user *const __user *argv)
{
	struct event event = {};
	// CHECK: const char *argument = b2c_deref_user(&argv[1]);
	const char *argument = argv[1];

	bpf_probe_read_user(&argument, sizeof(argument), &argv[2]);
	bpf_probe_read_user_str(event.name, sizeof(event.name), argument);
	// CHECK: event.third = (u64)b2c_deref_user(&argv[3]);
	event.third = (u64)argv[3];
	// CHECK: b2c_ringbuf_output(&events, &event, sizeof(event), 0, events_lost);
	events.perf_submit(ctx, &event, sizeof(event));
	return 0;
}
