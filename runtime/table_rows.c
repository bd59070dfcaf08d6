// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The order of a table's rows. A column sorts by what it shows: the row is made as
 * for JSON, and the column's cell is taken from it.
 */
#define _GNU_SOURCE
#include "table_rows.h"

#include <stdlib.h>
#include <string.h>

struct ranked {
	double order;
	char *text; /* of a column of text; NULL: `order` counts */
	size_t index;
	bool ascending;
};

static int ranked_compare(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	int order = x->order > y->order ? -1 : x->order < y->order;

	if (x->text && y->text)
		order = strcmp(x->text, y->text);
	else if (x->text || y->text)
		order = x->text ? 1 : -1;
	if (order)
		return x->ascending ? -order : order;
	return x->index < y->index ? -1 : x->index > y->index;
}

static bool is_zero(const void *data, size_t size)
{
	const uint8_t *value = data;
	size_t i;

	for (i = 0; i < size; i++)
		if (value[i])
			return false;
	return true;
}

/* Which column a table is sorted by, from 1; 0: by none. */
static size_t sort_column(struct b2c_run *run, const struct b2c_table *table)
{
	struct b2c_text keys = { 0 };
	size_t i;

	if (!table->sort_key || !*table->sort_key)
		return 0;
	for (i = 0; i < table->nr_columns; i++)
		if (strcmp(table->columns[i].key, table->sort_key) == 0)
			return i + 1;
	for (i = 0; i < table->nr_columns; i++)
		b2c_text_printf(&keys, "%s%s", i ? ", " : "", table->columns[i].key);
	b2c_error(run, "cannot sort by '%s': the columns are %s", table->sort_key,
		  b2c_text_string(&keys));
	b2c_text_free(&keys);
	return 0;
}

/* The cell of one column. */
struct wanted {
	size_t column; /* from 1 */
	struct ranked *ranked;
};

static void take_wanted(struct b2c_row *row, const char *cell, size_t size)
{
	const struct wanted *wanted = row->taker;

	if (row->column + 1 != wanted->column)
		return;
	if (*cell == '"')
		wanted->ranked->text = strndup(cell, size);
	else
		wanted->ranked->order = strtod(cell, NULL);
}

static void rank_one(struct b2c_row *row, const struct b2c_table *table, const void *key,
		     const void *value)
{
	const struct wanted *wanted = row->taker;

	if (wanted->column)
		table->put(row, key, value);
	else if (table->order)
		wanted->ranked->order = table->order(key, value);
	else if (table->rows_of)
		wanted->ranked->order = -(double)b2c_key_number(key, table->key_size);
}

static size_t rank_all(struct b2c_run *run, const struct b2c_output *output,
		       const struct b2c_elements *elements, struct ranked *ranked)
{
	const struct b2c_table *table = output->config;
	bool skips_zeros = (elements->is_array || table->lists_cpus) && !table->rows_of;
	struct wanted wanted = { .column = sort_column(run, table) };
	const void *key, *value;
	struct b2c_row row;
	size_t i, nr = 0;

	b2c_row_init(&row, run, NULL, table->columns, table->nr_columns);
	row.json = true;
	row.csv = false;
	row.take = take_wanted;
	row.taker = &wanted;
	for (i = 0; i < elements->nr; i++) {
		b2c_table_element(elements, i, &key, &value);
		if (skips_zeros && is_zero(value, elements->value_size))
			continue;
		if (!b2c_table_shows(table, key, value))
			continue;
		if (table->rows_of &&
		    b2c_key_number(key, table->key_size) >= elements->nr_numbers)
			continue;
		ranked[nr].index = i;
		ranked[nr].ascending = wanted.column && table->ascending;
		wanted.ranked = &ranked[nr++];
		rank_one(&row, table, key, value);
	}
	b2c_row_free(&row);
	qsort(ranked, nr, sizeof(*ranked), ranked_compare);
	return nr;
}

size_t *b2c_table_rank(struct b2c_run *run, const struct b2c_output *output,
		       const struct b2c_elements *elements, size_t *ret_nr)
{
	const struct b2c_table *table = output->config;
	struct ranked *ranked = calloc(elements->nr + 1, sizeof(*ranked));
	size_t *indices = calloc(elements->nr + 1, sizeof(*indices));
	size_t top = table->top_of ? table->top_of() : table->top, i, nr;

	if (!ranked || !indices) {
		free(ranked);
		free(indices);
		return NULL;
	}
	nr = rank_all(run, output, elements, ranked);
	for (i = 0; i < nr; i++) {
		indices[i] = ranked[i].index;
		free(ranked[i].text);
	}
	free(ranked);
	*ret_nr = top && nr > top ? top : nr;
	return indices;
}
