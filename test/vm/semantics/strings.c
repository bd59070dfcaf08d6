// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Strings of the process: arguments of a system call, cut to their room. */
BPF_ARRAY(target, u32, 1);

static inline int is_target(void)
{
	u32 zero = 0, *pid = target.lookup(&zero);

	return pid && *pid == bpf_get_current_pid_tgid() >> 32;
}

struct name_t {
	char path[20];
	int folder;
	int length;
};
BPF_HASH(names, struct name_t);

int syscall__unlinkat(struct pt_regs *ctx, int folder, const char __user *path)
{
	struct name_t name = {};

	if (!is_target())
		return 0;
	name.folder = folder;
	name.length = bpf_probe_read_user_str(&name.path, sizeof(name.path), (void *)path);
	names.increment(name);
	return 0;
}
