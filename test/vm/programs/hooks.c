// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* A program that runs before a function that it could answer instead. */
BPF_ARRAY(hits, u64, 1);

KMOD_RET(security_file_open, struct file *file, int ret)
{
	u32 slot = 0;

	if (bpf_get_current_pid_tgid() >> 32 == opt.pid)
		hits.atomic_increment(slot);
	return ret;
}
