// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Functions in the kernel's BTF, found by reading it through a small buffer: libbpf takes
 * 20 ms and 10 MB to answer the same.
 */
#ifndef B2C_FUNCTION_IDS_H
#define B2C_FUNCTION_IDS_H

#include <stddef.h>
#include <stdint.h>

struct b2c_function_id {
	const char *name;
	/* filled in */
	uint32_t name_offset;	   /* in the strings of BTF; 0: there is no such string */
	uint32_t id;		   /* 0: no such function, or several */
	uint32_t prototype;	   /* its type */
	unsigned int nr_arguments;
};

/*
 * Looks up all at once in a file of raw BTF such as /sys/kernel/btf/vmlinux. Returns 0 or
 * -errno, with -EINVAL for what is no BTF or newer than this.
 */
int b2c_function_ids(const char *path, struct b2c_function_id *functions, size_t nr);

#endif
