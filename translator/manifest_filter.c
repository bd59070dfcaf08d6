// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * `filters` of a manifest: options that leave out processes, and which programs ask
 * them. The options are the manifest's own where it declares them with the right type.
 */
#include "manifest_parts.h"

#include <string.h>

static const struct {
	const char *word;
	enum b2c_option_type type;
	char letter;
	const char *help;
} filters[] = {
#define X(id, word, type, letter, help) { word, B2C_OPTION_##type, letter, help },
	B2C_FILTERS(X)
#undef X
};

static const char *const words[] = {
#define X(id, word, type, letter, help) word,
	B2C_FILTERS(X)
#undef X
	NULL,
};

#define PATH_SIZE 256

static const struct rule word_rule = { .key = "filters", .read = read_choice, .choices = words };
static const struct rule in_rule = { .key = "in", .read = read_identifier };
static const struct form word_form = { FORM_RULE, .rule = &word_rule };
static const struct form by_form = { FORM_LIST, .of = &word_form, .least = 1 };
static const struct form function_form = { FORM_RULE, .rule = &in_rule };
static const struct form in_form = { FORM_LIST, .of = &function_form };

static void read_filter(const struct value *value, void *ret_rule)
{
	struct b2c_filter_rule *filter = ret_rule;
	unsigned int choice = B2C_NR_FILTERS;
	struct value word = *value;

	word.rule = &word_rule;
	read_choice(&word, &choice);
	if (choice == B2C_NR_FILTERS)
		return;
	if (filter->by >> choice & 1)
		diag_report(value->reader->diag, B2C_DIAG_manifest_duplicate, value->loc,
			    "'%s' is given twice", words[choice]);
	filter->by |= 1u << choice;
}

static void read_by(const struct value *value, void *ret_rule)
{
	struct b2c_filter_rule *filter = ret_rule;

	if (reader_list(value, read_filter, filter) &&
	    value->node->data.sequence.items.start == value->node->data.sequence.items.top)
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'%s' is empty", value->key);
}

static void read_function(const struct value *value, void *ret_rule)
{
	struct b2c_filter_rule *filter = ret_rule;
	struct b2c_word *in = (struct b2c_word *)filter->in, word = { 0 };

	read_identifier(value, &word);
	if (!word.text)
		return;
	*arena_append(value->reader->arena, in, filter->nr_in) = word;
	filter->in = in;
}

static void read_in(const struct value *value, void *ret_rule)
{
	reader_list(value, read_function, ret_rule);
}

static const struct rule filter_rules[] = {
	{ .key = "by", .read = read_by, .required = true, .form = &by_form },
	{ .key = "in", .read = read_in, .form = &in_form },
};

static const struct shape filter_shape = {
	.noun = "filters", .id = "filters", .rules = filter_rules, .nr_rules = 2,
};
const struct form filters_form = { FORM_SHAPE, .shape = &filter_shape, .or = &by_form };

void read_filters(const struct value *value, void *ret_manifest)
{
	struct b2c_manifest *manifest = ret_manifest;

	manifest->filters.loc = value->loc;
	if (value->node->type == YAML_MAPPING_NODE)
		reader_mapping(value, &filter_shape, &manifest->filters);
	else
		read_by(value, &manifest->filters);
}

/* ---- their options ---- */

static bool has_letter(const struct b2c_manifest *manifest, char letter)
{
	size_t i;

	for (i = 0; i < manifest->nr_options; i++)
		if (manifest->options[i].letter == letter)
			return true;
	return false;
}

static void check_type(struct reader *reader, const struct b2c_option *option, size_t filter)
{
	static const char *const types[] = {
#define X(id, word, type, elements, read, argument) word,
		B2C_OPTION_TYPES(X)
#undef X
	};
	enum b2c_option_type type = filters[filter].type;

	if (option->type == type && !option->list)
		return;
	diag_report(reader->diag, B2C_DIAG_manifest_type, option->name.loc,
		    "option '%s' must have the type '%s' to be a filter", option->name.text,
		    types[type]);
	diag_note(reader->diag, reader->manifest->filters.loc, "the filters are here");
	diag_help(reader->diag, "leave the option out: the filter brings its own");
}

static void add_option(struct reader *reader, size_t filter)
{
	struct b2c_manifest *manifest = reader->manifest;
	struct b2c_option *options = (struct b2c_option *)manifest->options;
	char letter = filters[filter].letter;
	struct b2c_option option = {
		.name = { filters[filter].word, manifest->filters.loc },
		.type = filters[filter].type,
		.letter = letter && !has_letter(manifest, letter) ? letter : 0,
		.help = { filters[filter].help, manifest->filters.loc },
		.size = filters[filter].type == B2C_OPTION_STRING ? PATH_SIZE : 0,
	};

	if (option.type == B2C_OPTION_USER)
		option.default_number = UINT32_MAX;
	*arena_append(reader->arena, options, manifest->nr_options) = option;
	manifest->options = options;
}

void add_filter_options(struct reader *reader)
{
	struct b2c_manifest *manifest = reader->manifest;
	const struct b2c_option *option;
	size_t i;

	for (i = 0; i < B2C_NR_FILTERS; i++) {
		if (!(manifest->filters.by >> i & 1))
			continue;
		option = option_find(manifest, filters[i].word, reader->arena);
		if (option)
			check_type(reader, option, i);
		else
			add_option(reader, i);
	}
}
