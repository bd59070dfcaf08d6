// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Bind, tables: which rows there are and in what order, what is summed up; and what
 * outputs of maps have in common, when and how they are printed.
 */
#include "bind_parts.h"

#include <ctype.h>
#include <string.h>

void bind_showing(struct bind *b, struct b2c_plan_output *out)
{
	const struct b2c_output *asked = out->asked;
	const struct bind_scope none = { 0 };

	out->every_interval = !asked || asked->every_interval;
	if (!asked)
		return;
	out->every_seconds = asked->every_seconds;
	out->no_last = asked->no_last;
	out->clear = asked->clear;
	out->title = asked->title.plain.text;
	out->titles = bind_caption(b, &asked->title);
	out->when = bind_expression(b, &asked->when, &none);
	out->timestamp = bind_expression(b, &asked->timestamp, &none);
	out->screen = bind_expression(b, &asked->screen, &none);
	out->above = bind_lines(b, &asked->above);
	out->below = bind_lines(b, &asked->below);
}

/* ---- columns by their key ---- */

/* NULL after a report. */
static struct b2c_plan_column *column_by_key(struct bind *b, const struct b2c_plan_output *out,
					     const struct b2c_word *word)
{
	struct b2c_plan_column *columns = (struct b2c_plan_column *)out->columns;
	const char **keys = NULL, *nearest;
	size_t i, nr = 0;

	for (i = 0; i < out->nr_columns; i++) {
		if (!strcmp(columns[i].key, word->text))
			return &columns[i];
		*arena_append(b->arena, keys, nr) = columns[i].key;
	}
	diag_report(b->diag, B2C_DIAG_manifest_column, word->loc,
		    "the table of '%s' has no column with the key '%s'", out->map->name,
		    word->text);
	nearest = diag_nearest(word->text, keys, nr);
	if (nearest)
		diag_help(b->diag, "did you mean '%s'?", nearest);
	return NULL;
}

static bool is_name(const char *text)
{
	for (; isalnum((unsigned char)*text) || *text == '_'; text++)
		continue;
	return !*text;
}

/* The value of "opt.NAME" where NAME is an option of text; NULL for all else. */
static const char *text_option(struct bind *b, const char *text)
{
	size_t i;

	if (strncmp(text, "opt.", 4) || !is_name(text + 4))
		return NULL;
	for (i = 0; i < b->manifest->nr_options; i++) {
		const struct b2c_option *option = &b->manifest->options[i];
		char *name = arena_strdup(b->arena, option->name.text), *p;

		for (p = name; *p; p++)
			*p = *p == '-' ? '_' : *p;
		if (option->type == B2C_OPTION_STRING && !strcmp(name, text + 4))
			return text;
	}
	return NULL;
}

/* ---- order ---- */

static void sort_by_expression(struct bind *b, struct b2c_plan_output *out,
			       const struct b2c_word *word, const struct bind_scope *scope)
{
	out->sort = bind_expression(b, word, scope);
	if (!out->sort || !out->sort->of || out->sort->of->kind == B2C_TYPE_INT ||
	    out->sort->of->kind == B2C_TYPE_POINTER)
		return;
	diag_report(b->diag, B2C_DIAG_manifest_column, word->loc,
		    "'%s' is a '%s', which has no order",
		    word->text, out->sort->of->spelling);
	diag_help(b->diag, "sort by an integer, or by the key of a column");
}

/* What is asked for without the '-' that reverses it. */
static struct b2c_word order_word(struct b2c_plan_output *out)
{
	struct b2c_word word = out->asked->sort;

	out->ascending = *word.text == '-';
	if (out->ascending) {
		word.text++;
		word.loc.column++;
		word.loc.length -= word.loc.length > 1;
	}
	return word;
}

void bind_stacks_rows(struct bind *b, struct b2c_plan_output *out, const struct bind_scope *scope)
{
	struct b2c_word word;

	if (out->asked->sort.text) {
		word = order_word(out);
		sort_by_expression(b, out, &word, scope);
	}
	out->top = out->asked->top;
	if (out->asked->top_value.text)
		diag_report(b->diag, B2C_DIAG_manifest_value, out->asked->top_value.loc,
			    "the 'top' of stacks must be a number");
}

static void asked_order(struct bind *b, struct b2c_plan_output *out, const struct bind_scope *scope)
{
	struct b2c_word word = order_word(out);

	out->sort_option = text_option(b, word.text);
	if (out->sort_option)
		return;
	if (!is_name(word.text) || !strcmp(word.text, "key") || !strcmp(word.text, "value"))
		sort_by_expression(b, out, &word, scope);
	else if (column_by_key(b, out, &word))
		out->sort_key = word.text;
}

static void table_order(struct bind *b, struct b2c_plan_output *out, const struct bind_scope *scope)
{
	const struct b2c_word value = { .text = "value" };
	bool is_array = out->map->kind == B2C_MAP_ARRAY || out->map->kind == B2C_MAP_PERCPU_ARRAY;

	if (out->asked && out->asked->sort.text)
		asked_order(b, out, scope);
	else if (out->value->kind == B2C_TYPE_INT && !is_array && out->key && !out->rows)
		sort_by_expression(b, out, &value, scope);
}

/* ---- totals ---- */

/* Numbers of the value. What only C knows the type of is one by its name in JSON, or blank. */
static bool can_be_total(const struct b2c_plan_column *column)
{
	return !bind_uses(column->value, "key") &&
	       (column->type == B2C_VALUE_SIGNED || column->type == B2C_VALUE_UNSIGNED ||
		column->type == B2C_VALUE_FLOAT || column->type == B2C_VALUE_AUTO);
}

static void table_totals(struct bind *b, const struct b2c_plan_output *out)
{
	struct b2c_plan_column *columns = (struct b2c_plan_column *)out->columns, *column;
	const struct b2c_output *asked = out->asked;
	size_t i;

	for (i = 0; i < out->nr_columns; i++)
		columns[i].is_total = asked->totals && can_be_total(&columns[i]);
	for (i = 0; i < asked->nr_total_keys; i++) {
		column = column_by_key(b, out, &asked->total_keys[i]);
		if (column)
			column->is_total = true;
	}
}

/* Rows of the keys 0, 1, ... of a map whose keys are numbers. */
static void table_numbers(struct bind *b, struct b2c_plan_output *out)
{
	const struct b2c_output *asked = out->asked;
	const struct bind_scope none = { 0 };

	if (!asked->rows.text)
		return;
	out->rows = bind_expression(b, &asked->rows, &none);
	if (out->key && out->key->kind == B2C_TYPE_INT && !out->outer && !asked->summary &&
	    !asked->percpu_list)
		return;
	diag_report(b->diag, B2C_DIAG_manifest_column, asked->rows.loc,
		    "the rows of '%s' can't be counted from 0", out->map->name);
	diag_help(b->diag, "'rows' needs keys that are numbers, and neither 'summary' nor "
			   "'percpu: list'");
}

void bind_table_rows(struct bind *b, struct b2c_plan_output *out, const struct bind_scope *scope)
{
	const struct bind_scope none = { 0 };

	struct b2c_plan_column *columns = (struct b2c_plan_column *)out->columns;
	size_t i;

	for (i = 0; i < out->nr_columns; i++)
		columns[i].is_label = bind_uses(columns[i].value, "key") ||
				      (out->outer && bind_uses(columns[i].value, "outer")) ||
				      bind_uses(columns[i].value, "cpu");
	if (out->asked)
		table_numbers(b, out);
	table_order(b, out, scope);
	if (!out->asked)
		return;
	out->top = out->asked->top;
	out->top_value = bind_expression(b, &out->asked->top_value, &none);
	table_totals(b, out);
}
