// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What only the whole manifest shows, whatever the order of its keys: when maps
 * are printed, and that every opt.NAME of an expression is an option.
 */
#include "manifest_parts.h"

#include <string.h>

#include "ctoken.h"

static const char *const interval_help =
	"write 'arguments: [interval, count]', or leave 'arguments' out";

/*
 * A tool takes [interval [count]] when its manifest says so, or when an output needs
 * it or has a number of seconds instead and no option sets the interval; an output
 * without `every` follows `arguments`, or that option.
 */
static void check_intervals(struct reader *reader, const struct value *root)
{
	struct b2c_manifest *manifest = reader->manifest;
	struct b2c_output *outputs = (struct b2c_output *)manifest->outputs;
	bool given = reader_lookup(root, "arguments") != NULL, asked;
	size_t i;

	asked = manifest->takes_interval || option_that_sets(manifest, B2C_SETS_INTERVAL);
	for (i = 0; i < manifest->nr_outputs; i++) {
		struct b2c_output *output = &outputs[i];

		if (output->kind == B2C_OUTPUT_EVENTS)
			continue;
		output->every_interval = output->every.text ?
			!strcmp(output->every.text, "interval") : asked && !output->every_seconds;
		if (asked || (!output->every_interval && (given || !output->every_seconds)))
			continue;
		if (given) {
			diag_report(reader->diag, B2C_DIAG_manifest_missing, output->every.loc,
				    "'every: interval' needs 'interval' in 'arguments'");
			diag_help(reader->diag, "%s", interval_help);
			continue;
		}
		if (!manifest->takes_interval)
			add_interval_arguments(reader);
	}
}

static void report_unknown_option(struct reader *reader, struct b2c_loc loc, const char *name)
{
	const struct b2c_manifest *manifest = reader->manifest;
	const char **names = NULL, *nearest;
	size_t nr = 0, i;

	for (i = 0; i < manifest->nr_options; i++)
		*arena_append(reader->arena, names, nr) =
			word_normalize(reader->arena, manifest->options[i].name.text);
	diag_report(reader->diag, B2C_DIAG_manifest_option,
		    reader_find(reader, loc, arena_printf(reader->arena, "opt.%s", name)),
		    "the manifest has no option '%s'", name);
	nearest = diag_nearest(name, names, nr);
	if (nearest)
		diag_help(reader->diag, "did you mean 'opt.%s'?", nearest);
	else
		diag_help(reader->diag, "declare it under 'options'");
}

static void check_option(struct reader *reader, struct b2c_loc loc, const char *name)
{
	if (!option_find(reader->manifest, name, reader->arena))
		report_unknown_option(reader, loc, name);
}

static void check_fact(struct reader *reader, struct b2c_loc loc, const char *name)
{
	const struct b2c_manifest *manifest = reader->manifest;
	size_t i;

	for (i = 0; i < manifest->nr_facts; i++)
		if (!strcmp(manifest->facts[i].name.text, name))
			return;
	diag_report(reader->diag, B2C_DIAG_manifest_option,
		    reader_find(reader, loc, arena_printf(reader->arena, "host.%s", name)),
		    "the manifest has no fact '%s'", name);
	diag_help(reader->diag, "list it under 'facts'");
}

/* Steps of the automaton that finds `opt`, `.`, NAME, but not x.opt.NAME; `host` likewise. */
enum step { STEP_ANY, STEP_MEMBER, STEP_OPT, STEP_DOT, STEP_HOST, STEP_HOST_DOT };

static void check_word(struct reader *reader, struct b2c_word word)
{
	enum step step = STEP_ANY;
	enum ctoken token;
	const char *s;
	size_t n;

	for (s = word.text; s && *s; s += n) {
		n = ctoken_length(s, &token);
		if (token == CTOKEN_IDENTIFIER && step == STEP_DOT)
			check_option(reader, word.loc, arena_strndup(reader->arena, s, n));
		if (token == CTOKEN_IDENTIFIER && step == STEP_HOST_DOT)
			check_fact(reader, word.loc, arena_strndup(reader->arena, s, n));
		if (token == CTOKEN_IDENTIFIER && step == STEP_ANY && n == 3 &&
		    !strncmp(s, "opt", 3))
			step = STEP_OPT;
		else if (token == CTOKEN_IDENTIFIER && step == STEP_ANY && n == 4 &&
			 !strncmp(s, "host", 4) && reader->manifest->nr_facts)
			step = STEP_HOST;
		else if (token == CTOKEN_PUNCTUATOR && *s == '.')
			step = step == STEP_OPT	   ? STEP_DOT
			       : step == STEP_HOST ? STEP_HOST_DOT
						   : STEP_MEMBER;
		else if (token == CTOKEN_PUNCTUATOR && *s == '>' && s > word.text && s[-1] == '-')
			step = STEP_MEMBER;
		else if (token > CTOKEN_BLOCK_COMMENT)
			step = STEP_ANY;
	}
}

static void check_caption(struct reader *reader, const struct b2c_caption *caption)
{
	if (!caption->then)
		return;
	check_word(reader, caption->when);
	check_caption(reader, caption->then);
	check_caption(reader, caption->otherwise);
}

static void check_captions(struct reader *reader, const struct b2c_output *output)
{
	size_t i;

	for (i = 0; i < output->nr_columns; i++)
		check_caption(reader, &output->columns[i].header);
	check_caption(reader, &output->section.header);
	check_caption(reader, &output->unit);
	check_caption(reader, &output->title);
}

static void check_lines(struct reader *reader, const struct b2c_lines *lines)
{
	size_t i;

	for (i = 0; i < lines->nr; i++) {
		check_word(reader, lines->items[i].value);
		check_word(reader, lines->items[i].when);
	}
}

static void check_layout(struct reader *reader, const struct b2c_stack_lines *lines)
{
	size_t i;

	for (i = 0; i < lines->nr; i++) {
		check_word(reader, lines->items[i].value);
		check_word(reader, lines->items[i].kernel);
		check_word(reader, lines->items[i].user);
		check_word(reader, lines->items[i].pid);
		check_word(reader, lines->items[i].when);
	}
}

static void check_output(struct reader *reader, const struct b2c_output *output)
{
	const struct b2c_word words[] = {
		output->section.value, output->sort, output->kernel, output->user,
		output->pid, output->comm, output->count, output->filter,
		output->condition, output->top_value, output->rows, output->when, output->timestamp,
		output->screen,
	};
	size_t i;

	for (i = 0; i < output->nr_columns; i++) {
		check_word(reader, output->columns[i].value);
		check_word(reader, output->columns[i].when);
		check_word(reader, output->columns[i].size);
		check_word(reader, output->columns[i].pid);
	}
	for (i = 0; i < output->nr_joins; i++)
		check_word(reader, output->joins[i].key);
	check_word(reader, output->gather.by);
	check_word(reader, output->gather.when);
	for (i = 0; i < output->gather.nr_parts; i++) {
		check_word(reader, output->gather.parts[i].condition);
		check_word(reader, output->gather.parts[i].text);
		check_word(reader, output->gather.parts[i].needed);
	}
	check_captions(reader, output);
	check_word(reader, output->section.pid);
	check_lines(reader, &output->above);
	check_lines(reader, &output->below);
	check_layout(reader, &output->lines);
	check_layout(reader, &output->fold);
	for (i = 0; i < B2C_NR_STACK_FORMS; i++)
		check_word(reader, output->forms[i]);
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		check_word(reader, words[i]);
}

static void check_map(struct reader *reader, const struct b2c_map_rule *rule)
{
	size_t i;

	check_word(reader, rule->entries);
	check_word(reader, rule->keys);
	check_word(reader, rule->value);
	for (i = 0; i < rule->nr_items; i++) {
		const struct b2c_fill_item *item = &rule->items[i];

		if (rule->kind == B2C_FILL_PRESET) {
			check_word(reader, item->key);
			check_word(reader, item->text);
		}
		if (rule->kind == B2C_FILL_PRESET || !strncmp(item->value.text, "opt.", 4))
			check_word(reader, item->value);
	}
}

static void check_options(struct reader *reader)
{
	const struct b2c_manifest *manifest = reader->manifest;
	size_t i, k;

	for (i = 0; i < manifest->nr_replaces; i++) {
		check_word(reader, manifest->replaces[i].text);
		check_word(reader, manifest->replaces[i].when);
		check_word(reader, manifest->replaces[i].otherwise);
	}
	for (i = 0; i < manifest->nr_attaches; i++) {
		const struct b2c_attach *attach = &manifest->attaches[i];

		check_word(reader, attach->pid);
		check_word(reader, attach->cpu);
		check_word(reader, attach->when);
		/* A library such as libopt.so is none, hence only whole values. */
		const struct b2c_word places[] = { attach->binary, attach->symbol,
						   attach->interface, attach->cgroup,
						   attach->netns };
		for (k = 0; k < sizeof(places) / sizeof(places[0]); k++)
			if (places[k].text && !strncmp(places[k].text, "opt.", 4))
				check_word(reader, places[k]);
	}
	for (i = 0; i < manifest->nr_outputs; i++)
		check_output(reader, &manifest->outputs[i]);
	check_lines(reader, &manifest->start);
	check_lines(reader, &manifest->end);
	for (i = 0; i < manifest->nr_maps; i++)
		check_map(reader, &manifest->maps[i]);
}

void manifest_check(struct reader *reader, const struct value *root)
{
	add_filter_options(reader);
	check_arguments(reader);
	check_intervals(reader, root);
	check_options(reader);
}
