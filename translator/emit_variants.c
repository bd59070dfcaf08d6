// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Emit, variants: the files of each variant, merged into one set that is compiled once for
 * each of them. A person maintains one TOOL.bpf.c with conditionals where the variants differ.
 */
#include <string.h>

#include "emit.h"
#include "merge.h"

static const struct b2c_emitted *file_named(const struct b2c_emitted_files *files,
					    const char *name)
{
	size_t i;

	for (i = 0; i < files->nr; i++)
		if (!strcmp(files->items[i].name, name))
			return &files->items[i];
	return NULL;
}

/* Files that all have, as each variant has them. */
static struct b2c_emitted merge_file(const struct b2c_plan *start,
				     const struct b2c_emitted_files *files, const char *name,
				     struct b2c_arena *arena)
{
	struct b2c_merge merge = { .variants = start->variants, .file = name };
	const char **texts = NULL;
	uint32_t *sets = NULL;
	size_t i, nr = 0;

	for (i = 0; i < start->nr_runs; i++) {
		*arena_append(arena, texts, merge.nr) = file_named(&files[i], name)->text;
		*arena_append(arena, sets, nr) = start->runs[i].variant_set;
	}
	merge.texts = texts;
	merge.sets = sets;
	return (struct b2c_emitted){ .name = name, .text = merge_texts(&merge, arena) };
}

int emit_render_variants(const struct b2c_plan *start, const struct b2c_emit_request *request,
			 struct b2c_arena *arena, struct b2c_diag *diag,
			 struct b2c_emitted_files *ret_files)
{
	struct b2c_emitted_files *files = NULL, own = { 0 };
	struct b2c_emitted *merged = NULL;
	size_t i, nr = 0, nr_merged = 0;
	int err = 0;

	for (i = 0; i < start->nr_runs && !err; i++)
		err = emit_render(&start->runs[i], request, arena, diag,
				  arena_append(arena, files, nr));
	if (!err)
		err = emit_render_start(start, request, arena, diag, &own);
	for (i = 0; i < (err ? 0 : files[0].nr); i++)
		*arena_append(arena, merged, nr_merged) =
			merge_file(start, files, files[0].items[i].name, arena);
	for (i = 0; i < own.nr; i++)
		*arena_append(arena, merged, nr_merged) = own.items[i];
	ret_files->items = merged;
	ret_files->nr = nr_merged;
	return err;
}
