// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Bind, filters: that the programs they are for are there, and watch processes. */
#include "bind_parts.h"

#include <string.h>

static const struct b2c_program *find_program(struct bind *b, const char *name)
{
	size_t i;

	for (i = 0; i < b->unit->nr_programs; i++)
		if (!strcmp(b->unit->programs[i].name, name))
			return &b->unit->programs[i];
	return NULL;
}

static void check_program(struct bind *b, const struct b2c_word *word)
{
	const struct b2c_program *program = find_program(b, word->text);

	if (program && b2c_is_tracing(program->kind))
		return;
	if (bind_runs_elsewhere(b, word->text))
		return;
	if (!program) {
		diag_report(b->diag, B2C_DIAG_manifest_function, word->loc,
			    "the program has no function '%s' that can be attached", word->text);
		return;
	}
	diag_report(b->diag, B2C_DIAG_manifest_value, word->loc,
		    "'%s' is no tracing program and can't be filtered", word->text);
	diag_note(b->diag, program->loc, "'%s' is defined here", word->text);
	diag_help(b->diag, "what it returns decides something: write the condition into it");
}

void bind_filters(struct bind *b)
{
	const struct b2c_filter_rule *rule = &b->manifest->filters;
	size_t i;

	for (i = 0; i < rule->nr_in; i++)
		check_program(b, &rule->in[i]);
	if (!rule->by || rule->nr_in)
		return;
	for (i = 0; i < b->unit->nr_programs; i++)
		if (b2c_is_tracing(b->unit->programs[i].kind))
			return;
	diag_report(b->diag, B2C_DIAG_manifest_value, rule->loc,
		    "'filters' has no tracing program to filter");
}
