// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * BTF that is part of a tool: the types that its programs ask for, as one build of a kernel
 * has them. On that kernel the host's own BTF, some megabytes, is then never read.
 */
#ifndef B2C_BTF_H
#define B2C_BTF_H

#include <stddef.h>

struct b2c_btf_set {
	const char *release; /* uname -r */
	const char *build;   /* uname -v; NULL: any */
	size_t host_size;    /* bytes of /sys/kernel/btf/vmlinux, where there is one; 0: any */
	const void *data;    /* raw BTF */
	size_t size;	     /* in bytes */
};

/* A tool may define these, in a source of its own; `bcc2core build` does. */
extern const struct b2c_btf_set b2c_btf_sets[] __attribute__((weak));
extern const size_t b2c_nr_btf_sets __attribute__((weak));

#endif
