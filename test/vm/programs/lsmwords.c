// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* A security hook that denies one process every file, and counts how often. */
BPF_ARRAY(denied, u64, 1);

LSM_PROBE(file_open, struct file *file)
{
	if (bpf_get_current_pid_tgid() >> 32 != opt.pid)
		return 0;
	denied.atomic_increment(0);
	return -EPERM;
}
