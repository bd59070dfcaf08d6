// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Variants, plans: which of them are one program, and what is the same in all: the command
 * line, what it says about outputs, and which parts of the runtime are there.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "manifest.h"
#include "variant.h"

static bool same_text(const char *a, const char *b)
{
	return !strcmp(a ? a : "", b ? b : "");
}

static char *manifest_text(const struct b2c_plan *plan)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	manifest_dump(plan->manifest, out);
	fclose(out);
	return text;
}

/* The same source and the same manifest make the same program. */
static bool is_same(const struct b2c_plan *a, const struct b2c_plan *b)
{
	char *one, *other;
	bool same;

	if (!same_text(a->unit->bpf_source, b->unit->bpf_source) ||
	    !same_text(a->unit->vmlinux, b->unit->vmlinux) ||
	    !same_text(a->unit->bpf_comment, b->unit->bpf_comment))
		return false;
	one = manifest_text(a);
	other = manifest_text(b);
	same = one && other && !strcmp(one, other);
	free(one);
	free(other);
	return same;
}

static void add_outputs(struct b2c_plan *start, const struct b2c_plan *run,
			struct b2c_arena *arena)
{
	struct b2c_plan_output *outputs = (struct b2c_plan_output *)start->outputs;
	struct b2c_plan_probe *probes = (struct b2c_plan_probe *)start->probes;
	size_t i;

	for (i = 0; i < run->nr_outputs; i++)
		*arena_append(arena, outputs, start->nr_outputs) = run->outputs[i];
	for (i = 0; i < run->nr_probes; i++)
		*arena_append(arena, probes, start->nr_probes) = run->probes[i];
	start->outputs = outputs;
	start->probes = probes;
	start->prints_maps |= run->prints_maps;
	start->prints_trace |= run->prints_trace;
	start->takes_interval |= run->takes_interval;
	start->takes_count |= run->takes_count;
}

static void add_maps(struct b2c_unit *unit, const struct b2c_unit *run, struct b2c_arena *arena)
{
	struct b2c_map *maps = (struct b2c_map *)unit->maps;
	size_t i;

	for (i = 0; i < run->nr_maps; i++)
		*arena_append(arena, maps, unit->nr_maps) = run->maps[i];
	unit->maps = maps;
	unit->uses_usdt |= run->uses_usdt;
}

/* What the command line is asked before one of them runs. */
static void make_start(struct b2c_plan *runs, size_t nr, struct b2c_arena *arena,
		       struct b2c_plan *start)
{
	struct b2c_unit *unit = arena_alloc(arena, sizeof(*unit));
	size_t i;

	unit->bpf_source = "";
	*start = runs[0];
	start->part = B2C_PART_START;
	start->variant = NULL;
	start->unit = unit;
	start->stem = start->tool;
	start->outputs = NULL;
	start->probes = NULL;
	start->nr_outputs = start->nr_probes = start->nr_maps = start->nr_types = 0;
	for (i = 0; i < nr; i++) {
		add_outputs(start, &runs[i], arena);
		add_maps(unit, runs[i].unit, arena);
	}
	start->runs = runs;
	start->nr_runs = nr;
	for (i = 0; i < nr; i++) {
		runs[i].runs = runs;
		runs[i].nr_runs = nr;
	}
}

void variants_join(const struct b2c_variants *variants, const struct b2c_plan *const *plans,
		   struct b2c_arena *arena, struct b2c_plan *ret_start)
{
	struct b2c_plan *runs = NULL;
	size_t i, k, nr = 0;

	for (i = 0; i < variants->nr; i++) {
		for (k = 0; k < nr && !is_same(&runs[k], plans[i]); k++)
			;
		if (k == nr) {
			*arena_append(arena, runs, nr) = *plans[i];
			runs[k].part = B2C_PART_RUN;
			runs[k].variants = variants;
			runs[k].variant = &variants->items[i];
			runs[k].stem = arena_printf(arena, "%s%s", runs[k].tool,
						    variants->items[i].suffix);
		}
		runs[k].variant_set |= (uint32_t)1 << i;
	}
	make_start(runs, nr, arena, ret_start);
}
