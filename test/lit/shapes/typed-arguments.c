// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Arguments of fentry and fexit are typed: read in place.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/fs.h>

struct event { u32 mode; s64 result; char name[32]; };
BPF_PERF_OUTPUT(events);

KFUNC_PROBE(vfs_open, const struct path *path, struct file *file)
{
	struct event event = { .mode = path->dentry->d_inode->i_mode };

	bpf_probe_read_kernel_str(event.name, sizeof(event.name), path->dentry->d_name.name);
	// CHECK: b2c_ringbuf_output(&events, &event, sizeof(event), 0, events_lost);
	events.perf_submit(ctx, &event, sizeof(event));
	return 0;
}

KRETFUNC_PROBE(vfs_read, struct file *file, char *buf, size_t count, loff_t *pos, ssize_t ret)
{
	struct event event = { .mode = file->f_mode, .result = ret };

	// CHECK: b2c_ringbuf_output(&events, &event, sizeof(event), 0, events_lost);
	events.perf_submit(ctx, &event, sizeof(event));
	return 0;
}
