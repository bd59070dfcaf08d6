// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * `outputs` of a manifest: what is shown of which map, and how. The first key
 * of an entry is its kind, which says what other keys it takes.
 */
#include "manifest_read.h"

#include <ctype.h>
#include <string.h>

#define KIND(id) (1u << B2C_OUTPUT_##id)
#define KIND_TRACE (1u << 4)	/* no output of its own: manifest.prints_trace */
#define KINDS_COLUMNS (KIND(EVENTS) | KIND(TABLE))
#define KINDS_MAP (KIND(HISTOGRAM) | KIND(TABLE) | KIND(STACKS))

static const char *const value_types[] = {
#define X(id, word) word,
	B2C_VALUE_TYPES(X)
#undef X
	NULL,
};

static const char *const scales[] = { "log2", "linear", NULL };
static const char *const everies[] = { "interval", "end", NULL };

/* An output as read; of a trace nothing but the flag counts. */
struct draft {
	struct b2c_output output;
	bool trace;
};

static void read_json_key(const struct value *value, void *ret_word)
{
	struct b2c_word word = { 0 };
	size_t i;

	read_line(value, &word);
	for (i = 0; word.text && word.text[i]; i++) {
		unsigned char c = (unsigned char)word.text[i];

		if (islower(c) || isdigit(c) || c == '_')
			continue;
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'key' may have the letters a-z, digits and '_' only, not '%s'",
			    word.text);
		return;
	}
	if (word.text)
		*(struct b2c_word *)ret_word = word;
}

#define COLUMN(name) .offset = offsetof(struct b2c_column, name)

static const struct rule column_rules[] = {
	{ .key = "header", .read = read_line, COLUMN(header), .required = true },
	{ .key = "value", .read = read_expression, COLUMN(value), .required = true },
	{ .key = "key", .read = read_json_key, COLUMN(key) },
	{ .key = "width", .read = read_int, COLUMN(width), .min = -1000, .max = 1000 },
	{ .key = "precision", .read = read_int, COLUMN(precision), .min = 0, .max = 18 },
	{ .key = "type", .read = read_choice, COLUMN(type), .choices = value_types },
};

static void read_column(const struct value *value, void *ret_output)
{
	static const struct shape shape = {
		"a column", column_rules, sizeof(column_rules) / sizeof(column_rules[0]), 0,
	};
	struct b2c_output *output = ret_output;
	struct b2c_column *columns = (struct b2c_column *)output->columns;
	struct b2c_column column = { .precision = -1, .loc = value->loc };
	size_t i;

	if (!reader_mapping(value, &shape, &column))
		return;
	for (i = 0; column.key.text && i < output->nr_columns; i++) {
		if (!columns[i].key.text || strcmp(columns[i].key.text, column.key.text) != 0)
			continue;
		diag_report(value->reader->diag, B2C_DIAG_manifest_duplicate, column.key.loc,
			    "two columns have the key '%s'", column.key.text);
		diag_note(value->reader->diag, columns[i].key.loc, "it is given here first");
	}
	*arena_append(value->reader->arena, columns, output->nr_columns) = column;
	output->columns = columns;
}

static void read_columns(const struct value *value, void *ret_output)
{
	struct b2c_output *output = ret_output;

	if (reader_list(value, read_column, output) && !output->nr_columns &&
	    value->node->data.sequence.items.start == value->node->data.sequence.items.top)
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'columns' is an empty list");
}

static const struct rule section_rules[] = {
	{ .key = "header", .read = read_line, COLUMN(header), .required = true },
	{ .key = "value", .read = read_expression, COLUMN(value), .required = true },
	{ .key = "type", .read = read_choice, COLUMN(type), .choices = value_types },
};

static void read_section(const struct value *value, void *ret_column)
{
	static const struct shape shape = {
		"a section", section_rules, sizeof(section_rules) / sizeof(section_rules[0]), 0,
	};
	struct b2c_column *section = ret_column;

	section->loc = value->loc;
	reader_mapping(value, &shape, section);
}

#define OUTPUT(name) .offset = offsetof(struct draft, output.name)

/* The kinds come first, NR_KINDS of them, in the order of b2c_output_kind. */
static const struct rule output_rules[] = {
	{ .key = "histogram", .read = read_identifier, OUTPUT(map), .variants = KIND(HISTOGRAM) },
	{ .key = "events", .read = read_identifier, OUTPUT(map), .variants = KIND(EVENTS) },
	{ .key = "table", .read = read_identifier, OUTPUT(map), .variants = KIND(TABLE) },
	{ .key = "stacks", .read = read_identifier, OUTPUT(map), .variants = KIND(STACKS) },
	{ .key = "trace", .read = read_bool, .offset = offsetof(struct draft, trace),
	  .variants = KIND_TRACE },
	{ .key = "columns", .read = read_columns, .offset = offsetof(struct draft, output),
	  .variants = KINDS_COLUMNS },
	{ .key = "scale", .read = read_choice, OUTPUT(scale),
	  .variants = KIND(HISTOGRAM), .choices = scales },
	{ .key = "unit", .read = read_line, OUTPUT(unit), .variants = KIND(HISTOGRAM) },
	{ .key = "section", .read = read_section, OUTPUT(section), .variants = KIND(HISTOGRAM) },
	{ .key = "sort", .read = read_expression, OUTPUT(sort), .variants = KIND(TABLE) },
	{ .key = "top", .read = read_u64, OUTPUT(top),
	  .variants = KIND(TABLE), .min = 1, .max = UINT32_MAX },
	{ .key = "kernel", .read = read_expression, OUTPUT(kernel), .variants = KIND(STACKS) },
	{ .key = "user", .read = read_expression, OUTPUT(user), .variants = KIND(STACKS) },
	{ .key = "pid", .read = read_expression, OUTPUT(pid), .variants = KIND(STACKS) },
	{ .key = "comm", .read = read_expression, OUTPUT(comm), .variants = KIND(STACKS) },
	{ .key = "count", .read = read_expression, OUTPUT(count), .variants = KIND(STACKS) },
	{ .key = "folded", .read = read_expression, OUTPUT(folded), .variants = KIND(STACKS) },
	{ .key = "stack_map", .read = read_identifier, OUTPUT(stack_map),
	  .variants = KIND(STACKS) },
	{ .key = "every", .read = read_choice_word, OUTPUT(every),
	  .variants = KINDS_MAP, .choices = everies },
	{ .key = "clear", .read = read_bool, OUTPUT(clear), .variants = KINDS_MAP },
};

#define NR_KINDS 5

static const char *const nouns[NR_KINDS] = {
	"a histogram", "an events output", "a table", "a stacks output", "a trace",
};

/* What a kind can't do without, beyond the keys that rules require. */
static void check_output(const struct value *value, const struct b2c_output *output)
{
	if (output->kind != B2C_OUTPUT_STACKS)
		return;
	if (!reader_lookup(value, "kernel") && !reader_lookup(value, "user"))
		diag_report(value->reader->diag, B2C_DIAG_manifest_missing, value->loc,
			    "a stacks output needs one of: kernel, user");
}

static void read_output(const struct value *value, void *ret_manifest)
{
	struct shape shape = {
		"an output", output_rules, sizeof(output_rules) / sizeof(output_rules[0]), ~0u,
	};
	struct b2c_manifest *manifest = ret_manifest;
	struct b2c_output *outputs = (struct b2c_output *)manifest->outputs;
	struct draft draft = { .output.loc = value->loc, .output.section.precision = -1 };
	const struct rule *kind;

	if (value->node->type != YAML_MAPPING_NODE) {
		reader_wrong_type(value, "a mapping");
		return;
	}
	kind = reader_variant(value, &shape, output_rules, NR_KINDS);
	if (kind) {
		shape.noun = nouns[kind - output_rules];
		shape.variant = kind->variants;
		draft.output.kind = (enum b2c_output_kind)(kind - output_rules);
	}
	reader_mapping(value, &shape, &draft);
	if (!kind)
		return;
	if (kind->variants == KIND_TRACE) {
		manifest->prints_trace |= draft.trace;
		return;
	}
	check_output(value, &draft.output);
	*arena_append(value->reader->arena, outputs, manifest->nr_outputs) = draft.output;
	manifest->outputs = outputs;
}

void read_outputs(const struct value *value, void *ret_manifest)
{
	reader_list(value, read_output, ret_manifest);
}
