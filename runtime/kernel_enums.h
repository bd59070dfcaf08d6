// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Enums of the kernel, for the column that shows one and for tests. */
#ifndef B2C_KERNEL_ENUMS_H
#define B2C_KERNEL_ENUMS_H

#include <stddef.h>

struct b2c_column;
struct b2c_name;

/*
 * The names of the column's enum in a file of raw BTF, each without the column's prefix;
 * they are freed with b2c_enum_free(). The file is read in pieces: libbpf would keep all of
 * it, five megabytes, and as much again. Returns 0 or -errno.
 */
int b2c_enum_read(int fd, const struct b2c_column *column, struct b2c_name **ret_names,
		  size_t *ret_nr);
void b2c_enum_free(struct b2c_name *names, size_t nr);

#endif
