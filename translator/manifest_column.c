// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Columns of a manifest's outputs: what is shown of a record, and how. */
#include "manifest_parts.h"

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

/* Fields of strftime(3) that keep a row on its line, and those of fractions. */
static void read_time_format(const struct value *value, void *ret_word)
{
	static const char fields[] = "aAbBcCdDeFgGhHIjklmMpPrRsSTuUVwWxXyYzZ%Nf";
	struct b2c_word word = { 0 };
	const char *p;

	read_line(value, &word);
	for (p = word.text; p && *p; p++) {
		if (*p != '%')
			continue;
		p += p[1] >= '1' && p[1] <= '9' && p[2] == 'N' ? 2 : 1;
		if (*p && strchr(fields, *p))
			continue;
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'%%%.*s' is no field of a time", *p != '\0', p);
		diag_help(value->reader->diag, "fields are those of strftime, and %%N, %%3N or "
					       "%%f for the fraction of the second");
		return;
	}
	if (word.text)
		*(struct b2c_word *)ret_word = word;
}

/* ---- tables of names ---- */

/* What stands for a number without a name: text with %d, %x and %%. */
static void read_unnamed(const struct value *value, void *ret_word)
{
	struct b2c_word word = { 0 };
	const char *p;

	read_code(value, &word);
	for (p = word.text; p && *p; p++) {
		if (iscntrl((unsigned char)*p)) {
			diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
				    "'else' must be one line without control characters");
			return;
		}
		if (*p != '%' || (p[1] && strchr("dx%", *++p)))
			continue;
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'%%%.*s' is nothing that 'else' can show", *p != '%', p);
		diag_help(value->reader->diag,
			  "%%d and %%x are the number, %%%% is a percent sign");
		return;
	}
	if (word.text)
		*(struct b2c_word *)ret_word = word;
}

/* A name may be no text at all: what is not worth a word. */
static void read_label(const struct value *value, void *ret_word)
{
	const yaml_node_t *node = value->node;

	if (node->type == YAML_SCALAR_NODE && !node_is_plain(node) && !node->data.scalar.length)
		*(struct b2c_word *)ret_word = (struct b2c_word){ .text = "", .loc = value->loc };
	else
		read_line(value, ret_word);
}

static void read_number_name(const struct value *entry, struct b2c_word key, void *ret_column)
{
	struct b2c_column *column = ret_column;
	struct b2c_number_name *names = (struct b2c_number_name *)column->names;
	struct b2c_number_name name = { .text = key.text };
	bool negative = false;
	uint64_t magnitude = 0;
	size_t i;

	if (number_parse(key.text, &negative, &magnitude)) {
		diag_report(entry->reader->diag, B2C_DIAG_manifest_type, key.loc,
			    "'%s' is no number", key.text);
		return;
	}
	name.number = negative ? -magnitude : magnitude;
	read_label(entry, &name.name);
	for (i = 0; i < column->nr_names; i++) {
		if (names[i].number != name.number)
			continue;
		diag_report(entry->reader->diag, B2C_DIAG_manifest_duplicate, key.loc,
			    "two names for the number %s", key.text);
		return;
	}
	if (!name.name.text)
		return;
	*arena_append(entry->reader->arena, names, column->nr_names) = name;
	column->names = names;
}

static void read_names(const struct value *value, void *ret_column)
{
	struct b2c_column *column = ret_column;

	if (reader_entries(value, read_number_name, column) && !column->nr_names &&
	    value->node->data.mapping.pairs.start == value->node->data.mapping.pairs.top)
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'names' is an empty mapping");
}

static const struct form json_key_form = { FORM_TEXT, .pattern = "^[a-z0-9_]+$" };
static const struct rule align_rule = { .key = "align", .read = read_choice, .choices = aligns };
static const struct form align_form = { FORM_RULE, .rule = &align_rule };
static const struct rule text_rule = { .key = "text", .read = read_line };
static const struct form text_form = { FORM_RULE, .rule = &text_rule };
static const struct form unnamed_form = {
	FORM_SCALAR, .pattern = "^([^%\\u0000-\\u001f\\u007f]|%[dx%])*$",
};
static const struct form empty_form = { FORM_TEXT, .pattern = "^$" };
static const struct form label_form = { FORM_RULE, .rule = &text_rule, .or = &empty_form };
static const struct form names_form = {
	FORM_WORDS, .keys = "^[+-]?(0[xX][0-9a-fA-F]+|0|[1-9][0-9]*)$", .of = &label_form,
	.least = 1,
};

#define COLUMN(name) .offset = offsetof(struct b2c_column, name)

static const struct rule column_rules[] = {
	{ .key = "header", .read = read_caption, COLUMN(header), .required = true,
	  .form = &caption_form },
	{ .key = "value", .read = read_expression, COLUMN(value), .required = true },
	{ .key = "key", .read = read_json_key, COLUMN(key), .form = &json_key_form },
	{ .key = "width", .read = read_int, COLUMN(width), .min = -1000, .max = 1000 },
	{ .key = "align", .read = read_align, COLUMN(align), .choices = aligns,
	  .form = &align_form },
	{ .key = "indent", .read = read_u64, COLUMN(indent), .min = 0, .max = 1000 },
	{ .key = "precision", .read = read_int, COLUMN(precision), .min = 0, .max = 1000 },
	{ .key = "type", .read = read_choice, COLUMN(type), .choices = value_type_words },
	{ .key = "when", .read = read_expression, COLUMN(when) },
	{ .key = "format", .read = read_time_format, COLUMN(format), .form = &text_form },
	{ .key = "names", .read = read_names, .offset = 0, .form = &names_form },
	{ .key = "of", .read = read_identifier, COLUMN(kernel_enum) },
	{ .key = "prefix", .read = read_line, COLUMN(prefix) },
	{ .key = "else", .read = read_unnamed, COLUMN(unnamed), .form = &unnamed_form },
	{ .key = "size", .read = read_expression, COLUMN(size) },
	{ .key = "offset", .read = read_bool, COLUMN(offset) },
	{ .key = "module", .read = read_bool, COLUMN(module) },
	{ .key = "pid", .read = read_expression, COLUMN(pid) },
	{ .key = "stack_map", .read = read_identifier, COLUMN(stack_map) },
};

const char *const value_type_words[] = {
#define X(id, word) word,
	B2C_VALUE_TYPES(X)
#undef X
	NULL,
};

/* ---- what goes together ---- */

#define TYPE(id) (1ull << B2C_VALUE_##id)

#define SYMBOLS (TYPE(KSYM) | TYPE(USYM) | TYPE(STACK))

#define NAMED (TYPE(ENUM) | TYPE(FLAGS))

#define CALLED (NAMED | TYPE(ERRNO) | TYPE(SIGNAL) | TYPE(SYSCALL))

#define DIGITS_MAX 18 /* after the point */

/* Keys that belong to some types only. */
const struct type_keys column_type_keys[] = {
	{ .key = "format", .types = TYPE(TIME), .words = "time" },
	{ .key = "names", .types = NAMED, .needed = NAMED, .or = "of", .words = "enum, flags" },
	{ .key = "of", .types = TYPE(ENUM), .words = "enum" },
	{ .key = "prefix", .types = TYPE(ENUM), .words = "enum" },
	{ .key = "else", .types = CALLED, .words = "enum, flags, errno, signal, syscall" },
	{ .key = "size", .types = TYPE(STRING) | TYPE(HEXDUMP), .words = "string, hexdump" },
	{ .key = "offset", .types = SYMBOLS, .words = "ksym, usym, stack" },
	{ .key = "module", .types = SYMBOLS, .words = "ksym, usym, stack" },
	{ .key = "pid", .types = TYPE(USYM) | TYPE(STACK), .needed = TYPE(USYM),
	  .words = "usym, stack" },
	{ .key = "stack_map", .types = TYPE(STACK), .words = "stack" },
	{ .key = NULL },
};

/* The names of an enum are the manifest's or the kernel's, those of flags the manifest's. */
static void check_names(const struct value *value, const struct b2c_column *column)
{
	bool names = reader_lookup(value, "names"), of = reader_lookup(value, "of");
	struct b2c_diag *diag = value->reader->diag;

	if (names && of) {
		diag_report(diag, B2C_DIAG_manifest_value, value->loc,
			    "'names' and 'of' exclude each other");
	} else if (!names && !of) {
		diag_report(diag, B2C_DIAG_manifest_missing, value->loc,
			    column->type == B2C_VALUE_ENUM ? "an enum needs one of: names, of" :
							     "flags need 'names'");
		diag_help(diag, "write for instance 'names: {0x1: READ, 0x2: WRITE}'");
	}
	if (!of && reader_lookup(value, "prefix"))
		diag_report(diag, B2C_DIAG_manifest_missing, column->prefix.loc,
			    "'prefix' needs 'of'");
}

void check_type_keys(const struct value *value, const struct b2c_column *column)
{
	const struct type_keys *row;

	for (row = column_type_keys; row->key; row++) {
		if (!reader_lookup(value, row->key) || (row->types >> column->type & 1))
			continue;
		diag_report(value->reader->diag, B2C_DIAG_manifest_key, value->loc,
			    "'%s' does not belong to a column of type '%s'", row->key,
			    value_type_words[column->type]);
		diag_help(value->reader->diag, "it belongs to: %s", row->words);
	}
	if (column->type == B2C_VALUE_USYM && !reader_lookup(value, "pid"))
		diag_report(value->reader->diag, B2C_DIAG_manifest_missing, value->loc,
			    "a column of type 'usym' needs 'pid'");
}

static void check_type(const struct value *value, const struct b2c_column *column)
{
	bool has_digits = column->type == B2C_VALUE_FLOAT || column->type == B2C_VALUE_BYTES;

	check_type_keys(value, column);
	if (has_digits && column->precision > DIGITS_MAX)
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'precision' of a number must be from 0 to %d", DIGITS_MAX);
	if (column->type == B2C_VALUE_ENUM || column->type == B2C_VALUE_FLAGS)
		check_names(value, column);
}

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

static const struct shape column_shape = {
	.noun = "a column", .id = "column", .rules = column_rules,
	.nr_rules = sizeof(column_rules) / sizeof(column_rules[0]),
	.type_keys = column_type_keys,
};
static const struct form column_form = { FORM_SHAPE, .shape = &column_shape };
const struct form columns_form = { FORM_LIST, .of = &column_form, .least = 1 };

static void read_column(const struct value *value, void *ret_output)
{
	struct b2c_output *output = ret_output;
	struct b2c_column *columns = (struct b2c_column *)output->columns;
	struct b2c_column column = { .precision = -1, .loc = value->loc };

	if (!reader_mapping(value, &column_shape, &column))
		return;
	check_align(value, &column);
	check_type(value, &column);
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
