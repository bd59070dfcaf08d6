// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Typed arguments and the result of a function: fentry and fexit. */
BPF_ARRAY(target, u32, 1);

static inline int is_target(void)
{
	u32 zero = 0, *pid = target.lookup(&zero);

	return pid && *pid == bpf_get_current_pid_tgid() >> 32;
}

struct read_t {
	u64 size;
	u64 result;
	u32 links;
	u32 flags;
};
BPF_HASH(reads, struct read_t, u64, 512);
BPF_HASH(modes, u32, u64, 64);

KFUNC_PROBE(vfs_read, struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	u32 mode;

	if (!is_target())
		return 0;
	mode = file->f_inode->i_mode;
	modes.increment(mode);
	return 0;
}

KRETFUNC_PROBE(vfs_read, struct file *file, char __user *buf, size_t count, loff_t *pos, int ret)
{
	struct read_t done = {};

	if (!is_target())
		return 0;
	done.size = count;
	done.result = ret;
	done.links = file->f_inode->i_nlink;
	done.flags = file->f_flags;
	reads.increment(done);
	return 0;
}
