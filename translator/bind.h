// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Bind: puts what the source is and what the manifest asks together. It is the
 * only code that sees both; emit sees nothing but the plan. Every name of the
 * manifest is resolved here or reported at its place, and every default that
 * holds without a manifest is decided here.
 */
#ifndef B2C_BIND_H
#define B2C_BIND_H

#include "arena.h"
#include "diag.h"
#include "model.h"

struct b2c_kernels;

struct b2c_bind_request {
	const struct b2c_unit *unit;
	const struct b2c_manifest *manifest;
	const char *source;	     /* path of the source, as the user named it */
	struct b2c_kernels *kernels; /* NULL: attach targets are not looked up */
	const struct b2c_unit *const *others; /* other variants of the program */
	size_t nr_others;
};

/*
 * Resolves the whole request. The plan points into unit and manifest, which
 * must outlive it. Returns 0, or -EINVAL with errors reported to `diag`.
 */
int bind_plan(const struct b2c_bind_request *request, struct b2c_arena *arena,
	      struct b2c_diag *diag, struct b2c_plan *ret_plan);

/* The plan of an object alone: what it is attached to and what is printed is its loader's. */
void bind_bare_plan(const struct b2c_bind_request *request, struct b2c_arena *arena,
		    struct b2c_plan *ret_plan);

/* The tool's name: the manifest's, else the source's stem, made a C identifier. */
const char *bind_tool_name(const struct b2c_manifest *manifest, const char *source,
			   struct b2c_arena *arena);

#endif
