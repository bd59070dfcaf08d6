// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* fentry and fexit: typed arguments are loaded without a probe read. */
#include <linux/fs.h>

#define SIZE 4321

struct event {
	u32 pid;
	int ret;
	u64 size;
	char name[32];
};

BPF_HASH(entered, u32, u64);
BPF_PERF_OUTPUT(events);

KFUNC_PROBE(vfs_read, struct file *file, char *buf, size_t count, loff_t *pos)
{
	u32 pid = bpf_get_current_pid_tgid() >> 32;
	u64 size = file->f_inode->i_size;

	if (count == SIZE)
		entered.update(&pid, &size);
	return 0;
}

KRETFUNC_PROBE(vfs_read, struct file *file, char *buf, size_t count, loff_t *pos, ssize_t ret)
{
	struct event event = {};
	u64 *size;

	event.pid = bpf_get_current_pid_tgid() >> 32;
	size = entered.lookup(&event.pid);
	if (!size)
		return 0;
	event.ret = ret;
	event.size = *size;
	bpf_probe_read_kernel_str(&event.name, sizeof(event.name),
				  file->f_path.dentry->d_name.name);
	events.perf_submit(ctx, &event, sizeof(event));
	entered.delete(&event.pid);
	return 0;
}
