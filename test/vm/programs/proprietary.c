// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* A helper that is for programs under the GPL only. */
BPF_LICENSE(Proprietary);
BPF_ARRAY(sums, u64, 1);

int syscall__getppid(struct pt_regs *ctx)
{
	u64 value = 0;
	int zero = 0;

	bpf_probe_read_kernel(&value, sizeof(value), (void *)PT_REGS_SP(ctx));
	sums.update(&zero, &value);
	return 0;
}
