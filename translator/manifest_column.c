// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Columns of a manifest's outputs: what is shown of a record, and how. */
#include "manifest_read.h"

#include <ctype.h>
#include <string.h>

static const char *const aligns[] = { "left", "right", NULL };

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

static void read_align(const struct value *value, void *ret_align)
{
	unsigned int i = ~0u;

	read_choice(value, &i);
	if (i != ~0u)
		*(enum b2c_align *)ret_align = i ? B2C_ALIGN_RIGHT : B2C_ALIGN_LEFT;
}

#define COLUMN(name) .offset = offsetof(struct b2c_column, name)

static const struct rule column_rules[] = {
	{ .key = "header", .read = read_line, COLUMN(header), .required = true },
	{ .key = "value", .read = read_expression, COLUMN(value), .required = true },
	{ .key = "key", .read = read_json_key, COLUMN(key) },
	{ .key = "width", .read = read_int, COLUMN(width), .min = -1000, .max = 1000 },
	{ .key = "align", .read = read_align, COLUMN(align), .choices = aligns },
	{ .key = "precision", .read = read_int, COLUMN(precision), .min = 0, .max = 18 },
	{ .key = "type", .read = read_choice, COLUMN(type), .choices = value_type_words },
	{ .key = "when", .read = read_expression, COLUMN(when) },
};

const char *const value_type_words[] = {
#define X(id, word) word,
	B2C_VALUE_TYPES(X)
#undef X
	NULL,
};

/* Both `align` and the sign of `width` say where the text stands. */
static void check_align(const struct value *value, struct b2c_column *column)
{
	if (!column->align)
		return;
	if (!column->width) {
		diag_report(value->reader->diag, B2C_DIAG_manifest_missing, value->loc,
			    "'align' needs a 'width'");
	} else if (column->width < 0 && column->align == B2C_ALIGN_RIGHT) {
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'align: right' and a negative 'width' exclude each other");
		diag_help(value->reader->diag, "a negative width aligns to the left");
	} else if (column->width > 0 && column->align == B2C_ALIGN_LEFT) {
		column->width = -column->width;
	}
}

static void check_key(const struct value *value, const struct b2c_output *output,
		      const struct b2c_column *column)
{
	size_t i;

	for (i = 0; column->key.text && i < output->nr_columns; i++) {
		const struct b2c_column *other = &output->columns[i];

		if (!other->key.text || strcmp(other->key.text, column->key.text) != 0)
			continue;
		diag_report(value->reader->diag, B2C_DIAG_manifest_duplicate, column->key.loc,
			    "two columns have the key '%s'", column->key.text);
		diag_note(value->reader->diag, other->key.loc, "it is given here first");
	}
}

static void read_column(const struct value *value, void *ret_output)
{
	static const struct shape shape = {
		"a column", column_rules, sizeof(column_rules) / sizeof(column_rules[0]), 0,
	};
	struct b2c_output *output = ret_output;
	struct b2c_column *columns = (struct b2c_column *)output->columns;
	struct b2c_column column = { .precision = -1, .loc = value->loc };

	if (!reader_mapping(value, &shape, &column))
		return;
	check_align(value, &column);
	check_key(value, output, &column);
	*arena_append(value->reader->arena, columns, output->nr_columns) = column;
	output->columns = columns;
}

void read_columns(const struct value *value, void *ret_output)
{
	struct b2c_output *output = ret_output;

	if (reader_list(value, read_column, output) && !output->nr_columns &&
	    value->node->data.sequence.items.start == value->node->data.sequence.items.top)
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'columns' is an empty list");
}
