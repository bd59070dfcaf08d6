// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * View, variants: which part of a tool a file is, and how the command line leads to one of
 * the programs.
 */
#include "variant.h"
#include "view_parts.h"

/* " -DPER_DISK -DQUEUED": what the variant is compiled with. */
static const char *flags_of(const struct b2c_plan *run, struct b2c_arena *arena)
{
	const char *flags = "";
	size_t i;

	for (i = 0; i < run->variant->nr_defines; i++)
		flags = arena_printf(arena, "%s -D%s", flags, run->variant->defines[i]);
	return flags;
}

static void add_run(const struct b2c_plan *plan, size_t n, struct b2c_view *view)
{
	struct b2c_arena *arena = view_arena(view);
	const struct b2c_plan *run = &plan->runs[n];
	struct b2c_view *item = view_add(view, "runs");

	view_set(item, "run_stem", run->stem);
	view_set(item, "run_flags", flags_of(run, arena));
}

/* The first program is what is left when no other is asked for. */
static void add_ways(const struct b2c_plan *plan, struct b2c_view *view)
{
	struct b2c_arena *arena = view_arena(view);
	size_t i;

	view_list(view, "ways");
	for (i = 1; i <= plan->nr_runs; i++) {
		const struct b2c_plan *run = &plan->runs[i % plan->nr_runs];
		struct b2c_view *item = view_add(view, "ways");

		view_set(item, "run_stem", run->stem);
		if (i < plan->nr_runs)
			view_printf(item, "condition", "%sif (%s)", i > 1 ? "else " : "",
				    variants_condition(plan->variants, run->variant_set,
						       B2C_WORDS_OPTIONS, arena));
		else
			view_set(item, "condition", "else");
	}
}

void view_c_file(const struct b2c_plan *plan, struct b2c_view *view)
{
	view_printf(view, "c_file", "%s%s.c", plan->tool,
		    plan->part == B2C_PART_RUN ? "_run" : "");
}

void view_variants(const struct b2c_plan *plan, struct b2c_view *view)
{
	struct b2c_arena *arena = view_arena(view);
	const char *stems = "";
	size_t i;

	view_flag(view, "uses_offsetof", plan->nr_types || plan->nr_runs);
	view_flag(view, "has_variants", plan->nr_runs);
	view_flag(view, "is_run", plan->part == B2C_PART_RUN);
	view_flag(view, "starts", plan->part != B2C_PART_RUN);
	view_flag(view, "runs_programs", plan->part != B2C_PART_START);
	view_set(view, "stem", plan->stem);
	view_c_file(plan, view);
	view_set(view, "opt_static", plan->nr_runs ? "" : "static ");
	view_list(view, "runs");
	for (i = 0; i < plan->nr_runs; i++) {
		add_run(plan, i, view);
		stems = arena_printf(arena, "%s%s%s", stems, i ? " " : "", plan->runs[i].stem);
	}
	view_set(view, "runs_of_make", stems);
	view_set(view, "first_flags", plan->nr_runs ? flags_of(plan->runs, arena) : "");
	add_ways(plan, view);
}
