/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* The rows of data/beside.def, for kernel_beside.c and its test. */
#ifndef B2C_KERNEL_BESIDE_H
#define B2C_KERNEL_BESIDE_H

#include <stddef.h>
#include <stdint.h>

struct beside_row {
	const char *record;
	const char *path;
	int64_t offset; /* bytes from the member's start */
	const char *member;
	const char *kernel; /* the last that had it there */
};

extern const struct beside_row beside_rows[];
extern const size_t nr_beside_rows;

#endif
