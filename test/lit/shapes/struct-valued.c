// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A struct read as a value, its members used after; a string behind one of them.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/fs.h>

struct event { char name[32]; u32 length; };
BPF_PERF_OUTPUT(events);

int kprobe__vfs_unlink(struct pt_regs *ctx, struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry)
{
	struct event event = {};
	// CHECK: struct qstr name = BPF_CORE_READ(dentry, d_name);
	struct qstr name = dentry->d_name;

	event.length = name.len;
	bpf_probe_read_kernel_str(event.name, sizeof(event.name), name.name);
	// CHECK: b2c_ringbuf_output(&events, &event, sizeof(event), 0, events_lost);
	events.perf_submit(ctx, &event, sizeof(event));
	return 0;
}
