// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * `arguments` of a manifest: the words behind the options, by position. Each is an option
 * of the manifest, or what every tool can take: an interval, a count of intervals, a
 * duration. That options are declared is known only when all of them are read.
 */
#include "manifest_parts.h"

#include <string.h>

/* In the order of b2c_option_sets, from its second. */
const char *const manifest_settings[] = { "interval", "count", "duration", NULL };

static const struct rule argument_rule = { .key = "arguments", .read = read_name };
static const struct form argument_form = { FORM_RULE, .rule = &argument_rule };
const struct form arguments_form = { FORM_LIST, .of = &argument_form };

static void add_argument(struct b2c_manifest *manifest, struct b2c_arena *arena,
			 struct b2c_word word)
{
	struct b2c_word *arguments = (struct b2c_word *)manifest->arguments;

	*arena_append(arena, arguments, manifest->nr_arguments) = word;
	manifest->arguments = arguments;
	manifest->takes_interval |= !strcmp(word.text, "interval");
	manifest->takes_count |= !strcmp(word.text, "count");
}

static void read_argument(const struct value *value, void *ret_manifest)
{
	struct b2c_manifest *manifest = ret_manifest;
	struct b2c_word word = { 0 };
	size_t i;

	read_name(value, &word);
	if (!word.text)
		return;
	for (i = 0; i < manifest->nr_arguments; i++)
		if (!strcmp(manifest->arguments[i].text, word.text))
			diag_report(value->reader->diag, B2C_DIAG_manifest_duplicate, value->loc,
				    "argument '%s' is given twice", word.text);
	add_argument(manifest, value->reader->arena, word);
}

void read_arguments(const struct value *value, void *ret_manifest)
{
	reader_list(value, read_argument, ret_manifest);
}

void add_interval_arguments(struct reader *reader)
{
	add_argument(reader->manifest, reader->arena, (struct b2c_word){ .text = "interval" });
	add_argument(reader->manifest, reader->arena, (struct b2c_word){ .text = "count" });
}

/* ---- once all options are read ---- */

const struct b2c_option *option_that_sets(const struct b2c_manifest *manifest,
					  enum b2c_option_sets sets)
{
	size_t i;

	for (i = 0; i < manifest->nr_options; i++)
		if (manifest->options[i].sets == sets)
			return &manifest->options[i];
	return NULL;
}

static const struct b2c_option *option_named(const struct b2c_manifest *manifest,
					     const char *name)
{
	size_t i;

	for (i = 0; i < manifest->nr_options; i++)
		if (!strcmp(manifest->options[i].name.text, name))
			return &manifest->options[i];
	return NULL;
}

static void report_unknown(struct reader *reader, struct b2c_word word)
{
	const struct b2c_manifest *manifest = reader->manifest;
	const char **names = NULL, *nearest;
	size_t nr = 0, i;

	for (i = 0; manifest_settings[i]; i++)
		*arena_append(reader->arena, names, nr) = manifest_settings[i];
	for (i = 0; i < manifest->nr_options; i++)
		*arena_append(reader->arena, names, nr) = manifest->options[i].name.text;
	diag_report(reader->diag, B2C_DIAG_manifest_option, word.loc,
		    "'arguments' names no option: '%s'", word.text);
	nearest = diag_nearest(word.text, names, nr);
	if (nearest)
		diag_help(reader->diag, "did you mean '%s'?", nearest);
	else
		diag_help(reader->diag, "declare it under 'options', or take 'interval', "
			  "'count' or 'duration'");
}

static void check_argument(struct reader *reader, struct b2c_word word)
{
	const struct b2c_option *option = option_named(reader->manifest, word.text), *owner;
	unsigned int i;

	for (i = 0; manifest_settings[i] && strcmp(manifest_settings[i], word.text); i++)
		continue;
	owner = manifest_settings[i] ?
		option_that_sets(reader->manifest, (enum b2c_option_sets)(i + 1)) : NULL;
	if (owner && owner != option) {
		diag_report(reader->diag, B2C_DIAG_manifest_duplicate, word.loc,
			    "option '%s' sets the %s already", owner->name.text, word.text);
		diag_help(reader->diag, "write 'arguments: [%s]'", owner->name.text);
	} else if (option && manifest_settings[i] && !owner) {
		diag_report(reader->diag, B2C_DIAG_manifest_value, word.loc,
			    "option '%s' is not the %s that every tool can take", word.text,
			    word.text);
		diag_help(reader->diag, "give it 'sets: %s', or another name", word.text);
	} else if (option && option->type == B2C_OPTION_FLAG) {
		diag_report(reader->diag, B2C_DIAG_manifest_value, word.loc,
			    "'%s' is a flag, which has no value to be an argument", word.text);
	} else if (!option && !manifest_settings[i]) {
		report_unknown(reader, word);
	}
}

/* A count of intervals that are nowhere. */
static void check_count(struct reader *reader, struct b2c_word word, bool has_interval)
{
	const struct b2c_manifest *manifest = reader->manifest;

	if (strcmp(word.text, "count") || option_named(manifest, "count") || has_interval ||
	    option_that_sets(manifest, B2C_SETS_INTERVAL))
		return;
	diag_report(reader->diag, B2C_DIAG_manifest_missing, word.loc,
		    "argument 'count' needs 'interval' before it");
	diag_help(reader->diag, "write 'arguments: [interval, count]'");
}

void check_arguments(struct reader *reader)
{
	const struct b2c_manifest *manifest = reader->manifest;
	bool has_interval = false;
	size_t i;

	for (i = 0; i < manifest->nr_arguments; i++) {
		has_interval |= !strcmp(manifest->arguments[i].text, "interval");
		check_count(reader, manifest->arguments[i], has_interval);
		check_argument(reader, manifest->arguments[i]);
	}
}
