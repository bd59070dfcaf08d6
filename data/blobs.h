/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * Kernel facts as they are compiled in: one row per kernel of kernels.def,
 * each with four zstd frames that pack.py made. Read by translator/kernel.c.
 */
#ifndef B2C_DATA_BLOBS_H
#define B2C_DATA_BLOBS_H

#include <stddef.h>

/* One zstd frame that states the size of its content. */
struct b2c_blob {
	const unsigned char *data;
	const unsigned char *end;
};

/* Which build of the kernel it is: a row of builds.def. */
struct b2c_kernel_build {
	const char *release;		/* uname -r */
	const char *version;		/* uname -v */
	size_t btf_size;		/* of /sys/kernel/btf/vmlinux */
};

struct b2c_kernel_data {
	const char *version;		/* "6.1" */
	const char *arch;		/* "x86_64" or "arm64" */
	const struct b2c_kernel_build *build;
	struct b2c_blob btf;		/* raw BTF of vmlinux, with types of modules */
	struct b2c_blob tracepoints;	/* text, as the next two; see pack.py */
	struct b2c_blob functions;	/* that BTF lacks */
	struct b2c_blob absent;		/* that only BTF has */
};

extern const struct b2c_kernel_data b2c_kernel_data[];
extern const size_t b2c_nr_kernel_data;

#endif
