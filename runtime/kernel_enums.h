// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Enums of the kernel, for the column that shows one and for tests. */
#ifndef B2C_KERNEL_ENUMS_H
#define B2C_KERNEL_ENUMS_H

#include <stddef.h>

struct b2c_column;
struct b2c_name;
struct btf;

/*
 * The names of the column's enum, each without its prefix, to be freed by the
 * caller as the array is. Returns 0 or -errno; the array is there in every case
 * but for want of memory.
 */
int b2c_enum_read(const struct btf *btf, const struct b2c_column *column,
		  struct b2c_name **ret_names, size_t *ret_nr);

#endif
