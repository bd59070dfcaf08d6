// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Report: `check --kernels`. What each program of the compiled object needs, and
 * on which kernels of the data it can be loaded and attached. docs/check.md says
 * how to read it.
 */
#ifndef B2C_REPORT_H
#define B2C_REPORT_H

#include <stdio.h>

#include "kernel.h"
#include "model.h"

struct b2c_report_request {
	const struct b2c_plan *plan;
	struct b2c_kernels *kernels;
	const char *arch;
	uint32_t chosen;	/* kernels, as a mask */
	bool json;		/* one object a line */
	bool verbose;		/* also what every kernel has */
	const void *object;	/* bytes of the compiled object */
	size_t object_size;
};

/* Returns 0, or -EINVAL when the object can't be read. */
int report_kernels(const struct b2c_report_request *request, FILE *out);

/* The kernels of a comma list such as "5.10,6.1"; 0 and *ret_wrong at one that is not known. */
uint32_t report_choose(const struct b2c_kernels *kernels, const char *list,
		       const char **ret_wrong);

/* A string of JSON, quoted. */
void report_json_string(const char *s, FILE *out);

#endif
