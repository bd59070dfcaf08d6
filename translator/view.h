// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * View: turns the plan into the names and lists that the templates show. All
 * that is C text but no template is made here: declarations of types, calls
 * that print a value, initialisers, string literals. emit.c calls it.
 */
#ifndef B2C_VIEW_H
#define B2C_VIEW_H

#include "model.h"
#include "template.h"

#define VIEW_ABI 3 /* B2C_ABI of the runtime that the emitted C is written for */

/* Everything that the parts of TOOL.c, TOOL.h and TOOL.bpf.c ask for but the outputs'. */
struct b2c_view *view_of_plan(const struct b2c_plan *plan, const char *version,
			      struct b2c_arena *arena);

/* What the template of one output asks for. */
struct b2c_view *view_of_output(const struct b2c_plan *plan, const struct b2c_plan_output *out,
				struct b2c_arena *arena);

/* "struct opens_options {...};" for both sides, or "" when the manifest has no options. */
const char *view_options_struct(const struct b2c_manifest *manifest, const char *tool,
				struct b2c_arena *arena);

/* The same of what it finds out about the host: "struct opens_host {...};". */
const char *view_host_struct(const struct b2c_manifest *manifest, const char *tool,
			     struct b2c_arena *arena);

/* The BPF side's function that tells processes that the filters leave out; "" without filters. */
const char *view_filter_text(const struct b2c_manifest *manifest, struct b2c_arena *arena);
/* Whether columns have symbols of processes, which must be watched from the start. */
bool view_has_user_columns(const struct b2c_plan *plan);
/* Whether stacks of processes are printed. */
bool view_has_user_stack(const struct b2c_plan_stacks *stacks);

#endif
