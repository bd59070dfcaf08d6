/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Kernel facts: which build of a kernel the data is of, and its BTF as it is. Part of kernel.h. */
#ifndef B2C_KERNEL_BUILD_H
#define B2C_KERNEL_BUILD_H

#include "kernel.h"

struct b2c_kernel_file {
	const char *release;	/* as uname -r says */
	const char *build;	/* as uname -v says */
	size_t host_size;	/* bytes of /sys/kernel/btf/vmlinux there */
	const void *btf;	/* raw, with types of modules */
	size_t btf_size;
};

/* Returns 0, or -ENOENT for a kernel of another architecture or from a file. */
int kernel_file(struct b2c_kernels *kernels, size_t i, struct b2c_kernel_file *ret_file);

#endif
