// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Tables as metrics: a gauge for each column that is a number of the value, with
 * the columns of the key, and those of text, as labels. Rows with the same labels
 * are one sample, the sum of them, for the format allows no two.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "prometheus.h"
#include "table_rows.h"

/* One row; `sums` has one for each column. */
struct sample {
	struct b2c_text labels;
	struct b2c_sum *sums;
};

struct samples {
	struct sample *items;
	size_t nr;
};

static void take_cell(struct b2c_row *row, const char *cell, size_t size)
{
	struct sample *sample = row->taker;
	const struct b2c_column *column = &row->columns[row->column];

	if (row->column >= row->nr_columns)
		return;
	/* the cell is as of CSV: numbers are exact, texts have escapes but no quotes yet */
	if (!size || (!column->label && b2c_sum_take(&sample->sums[row->column], cell, size)))
		return;
	b2c_metric_label(&sample->labels, column->key, cell, size);
}

static int compare(const void *a, const void *b)
{
	const struct sample *x = a, *y = b;

	return strcmp(b2c_text_string(&x->labels), b2c_text_string(&y->labels));
}

static int take_rows(struct b2c_run *run, const struct b2c_output *output,
		     const struct b2c_elements *elements, struct samples *samples)
{
	const struct b2c_table *table = output->config;
	size_t *ranked = b2c_table_rank(run, output, elements, &samples->nr), i;
	const void *key, *value;
	struct b2c_row row;
	int err = 0;

	if (!ranked)
		return -ENOMEM;
	b2c_row_init(&row, run, NULL, table->columns, table->nr_columns);
	row.csv = true;
	row.take = take_cell;
	samples->items = calloc(samples->nr + 1, sizeof(*samples->items));
	for (i = 0; samples->items && i < samples->nr && !err; i++) {
		struct sample *sample = &samples->items[i];

		sample->sums = calloc(table->nr_columns, sizeof(*sample->sums));
		row.taker = sample;
		b2c_table_element(elements, ranked[i], &key, &value);
		if (sample->sums)
			table->put(&row, key, value);
		else
			err = -ENOMEM;
	}
	b2c_row_free(&row);
	free(ranked);
	return samples->items ? err : -ENOMEM;
}

/* Moves the sums of neighbours with the same labels into the first of them. */
static void merge(struct samples *samples, size_t nr_columns)
{
	struct sample *kept = samples->items;
	size_t i, k;

	qsort(samples->items, samples->nr, sizeof(*samples->items), compare);
	for (i = 1; i < samples->nr; i++) {
		struct sample *next = &samples->items[i];

		if (compare(kept, next)) {
			kept = next;
			continue;
		}
		for (k = 0; k < nr_columns; k++)
			b2c_sum_add(&kept->sums[k], &next->sums[k]);
		memset(next->sums, 0, nr_columns * sizeof(*next->sums));
	}
}

static void add_metric(struct b2c_run *run, const struct b2c_output *output, size_t column,
		       const struct samples *samples, struct b2c_text *text)
{
	const struct b2c_table *table = output->config;
	const char *key = table->columns[column].key;
	struct b2c_text name = { 0 }, what = { 0 };
	size_t i;

	b2c_metric_name(&name, run, output, key);
	b2c_text_printf(&what, "Column '%s' of map '%s'.", key, bpf_map__name(output->map));
	b2c_metric_head(text, b2c_text_string(&name), "gauge", b2c_text_string(&what));
	for (i = 0; i < samples->nr; i++) {
		const char *labels = b2c_text_string(&samples->items[i].labels);
		const struct b2c_sum *sum = &samples->items[i].sums[column];

		if (!sum->is_number)
			continue;
		b2c_text_printf(text, "%s%s%s%s ", b2c_text_string(&name), *labels ? "{" : "",
				labels, *labels ? "}" : "");
		b2c_sum_text(text, sum);
		b2c_text_add(text, "\n", 1);
	}
	b2c_text_free(&name);
	b2c_text_free(&what);
}

/* A column is a metric if it is a number in any row. */
static bool has_numbers(const struct samples *samples, size_t column)
{
	size_t i;

	for (i = 0; i < samples->nr; i++)
		if (samples->items[i].sums[column].is_number)
			return true;
	return false;
}

static void samples_free(struct samples *samples)
{
	size_t i;

	for (i = 0; samples->items && i < samples->nr; i++) {
		b2c_text_free(&samples->items[i].labels);
		free(samples->items[i].sums);
	}
	free(samples->items);
}

int b2c_table_metrics(struct b2c_run *run, struct b2c_output *output, struct b2c_text *text)
{
	const struct b2c_table *table = output->config;
	struct b2c_elements elements = { 0 };
	struct samples samples = { 0 };
	int err = b2c_table_read(run, output, false, &elements);
	size_t i;

	if (!err)
		err = take_rows(run, output, &elements, &samples);
	if (!err)
		merge(&samples, table->nr_columns);
	for (i = 0; i < table->nr_columns && !err; i++)
		if (has_numbers(&samples, i))
			add_metric(run, output, i, &samples, text);
	samples_free(&samples);
	b2c_table_done(run, output, &elements);
	return err;
}
