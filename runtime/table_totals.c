// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The last line of a table: columns summed up over all elements of the map. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "table_rows.h"

bool b2c_sum_take(struct b2c_sum *sum, const char *cell, size_t size)
{
	bool is_negative = *cell == '-';
	char *end;
	double real = strtod(cell, &end);

	if (!strcmp(cell, "true") || !strcmp(cell, "false")) {
		real = *cell == 't';
		cell = *cell == 't' ? "1" : "0";
	} else if (!strchr("-0123456789", *cell) || end != cell + size || strchr(cell, 'x')) {
		return false;
	}
	sum->is_number = true;
	sum->is_real |= cell[strcspn(cell, ".en")] != '\0';
	sum->is_negative |= is_negative;
	sum->whole += is_negative ? (uint64_t)strtoll(cell, NULL, 10) : strtoull(cell, NULL, 10);
	sum->real += real;
	return true;
}

void b2c_sum_add(struct b2c_sum *sum, const struct b2c_sum *other)
{
	sum->is_number |= other->is_number;
	sum->is_real |= other->is_real;
	sum->is_negative |= other->is_negative;
	sum->whole += other->whole;
	sum->real += other->real;
}

void b2c_sum_text(struct b2c_text *text, const struct b2c_sum *sum)
{
	if (sum->is_real)
		b2c_text_printf(text, "%.17g", sum->real);
	else if (sum->is_negative)
		b2c_text_printf(text, "%lld", (long long)sum->whole);
	else
		b2c_text_printf(text, "%llu", (unsigned long long)sum->whole);
}

static void take_sum(struct b2c_row *row, const char *cell, size_t size)
{
	struct b2c_sum *sums = row->taker;

	if (row->column < row->nr_columns && size)
		b2c_sum_take(&sums[row->column], cell, size);
}

bool b2c_table_has_totals(const struct b2c_table *table)
{
	size_t i;

	for (i = 0; i < table->nr_columns; i++)
		if (table->columns[i].total)
			return true;
	return false;
}

static void put_sum(struct b2c_row *row, const struct b2c_sum *sum)
{
	if (!sum->is_number)
		b2c_put_text(row, "");
	else if (sum->is_real)
		b2c_put_float(row, sum->real);
	else if (sum->is_negative)
		b2c_put_int(row, (long long)sum->whole);
	else
		b2c_put_uint(row, sum->whole);
}

static int write_line(struct b2c_row *row, const struct b2c_sum *sums)
{
	const char *label = "TOTAL";
	size_t i;

	b2c_row_begin(row);
	for (i = 0; i < row->nr_columns; i++) {
		if (row->columns[i].total || b2c_row_skips(row)) {
			put_sum(row, &sums[i]);
		} else {
			b2c_put_text(row, label);
			label = "";
		}
	}
	return b2c_row_end(row);
}

/* {"totals":"counts","calls":20}: made as a row of the columns that have a sum. */
static int write_json(struct b2c_run *run, const struct b2c_output *output,
		      const struct b2c_sum *sums)
{
	struct b2c_column columns[2] = { { .key = "totals" } };
	const char *name = bpf_map__name(output->map);
	struct b2c_row row;
	size_t i;
	int err;

	b2c_row_init(&row, run, NULL, columns, 1);
	row.time = output->row.time;
	b2c_row_begin(&row);
	b2c_put_text(&row, name);
	row.nr_columns = 2;
	for (i = 0; i < output->row.nr_columns; i++) {
		columns[1] = output->row.columns[i];
		row.column = 1;
		if (columns[1].total && sums[i].is_number)
			put_sum(&row, &sums[i]);
	}
	err = b2c_row_end(&row);
	b2c_row_free(&row);
	return err;
}

int b2c_table_totals(struct b2c_run *run, struct b2c_output *output,
		     const struct b2c_elements *elements)
{
	const struct b2c_table *table = output->config;
	struct b2c_sum *sums = calloc(table->nr_columns + 1, sizeof(*sums));
	const void *key, *value;
	struct b2c_row row;
	size_t i;
	int err;

	if (!sums)
		return -ENOMEM;
	b2c_row_init(&row, run, NULL, table->columns, table->nr_columns);
	row.json = true;
	row.take = take_sum;
	row.taker = sums;
	for (i = 0; i < elements->nr; i++) {
		b2c_table_element(elements, i, &key, &value);
		if (b2c_table_shows(table, key, value))
			table->put(&row, key, value);
	}
	b2c_row_free(&row);
	err = run->settings.json ? write_json(run, output, sums) : write_line(&output->row, sums);
	free(sums);
	return err;
}
