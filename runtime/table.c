// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Tables: the elements of a map, sorted, as rows. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/capability.h>
#include <stdlib.h>
#include <string.h>

#include "prometheus.h"
#include "table_rows.h"

static int print_title(struct b2c_run *run, struct b2c_output *output)
{
	const struct b2c_table *table = output->config;
	const char *title = b2c_text_of(table->title, table->title_of);
	int err = 0;

	if (title && !output->row.json && !output->row.csv) {
		err = b2c_write(run, title, strlen(title));
		if (!err)
			err = b2c_write(run, "\n", 1);
	}
	if (!err)
		err = b2c_print_header(run, &output->row);
	output->row.no_header |= output->header_once;
	return err;
}

static int print_rows(struct b2c_run *run, struct b2c_output *output,
		      const struct b2c_elements *elements)
{
	const struct b2c_table *table = output->config;
	struct b2c_row *row = &output->row;
	size_t *ranked, i, nr = 0;
	const void *key, *value;
	int err = 0;

	ranked = b2c_table_rank(run, output, elements, &nr);
	if (!ranked)
		return -ENOMEM;
	/* An empty table with a title is one of several: it would say nothing. */
	if (!(table->title || table->title_of) || nr || row->csv)
		err = print_title(run, output);
	for (i = 0; i < nr && !err; i++) {
		b2c_table_element(elements, ranked[table->reversed ? nr - 1 - i : i], &key, &value);
		table->put(row, key, value);
		err = row->err;
	}
	if (!err && nr && !row->csv && b2c_table_has_totals(table))
		err = b2c_table_totals(run, output, elements);
	free(ranked);
	return err;
}

/* The one row of a summary. */
static int print_summary(struct b2c_run *run, struct b2c_output *output)
{
	const struct b2c_table *table = output->config;
	void *key = calloc(1, table->key_size), *value = calloc(1, table->value_size);
	int err = key && value ? 0 : -ENOMEM;

	output->is_left_out = !err && !b2c_table_shows(table, key, value);
	if (!err && !output->is_left_out) {
		err = print_title(run, output);
		if (!err)
			table->put(&output->row, key, value);
		err = err ? err : output->row.err;
	}
	free(key);
	free(value);
	return err;
}

static int table_print(struct b2c_run *run, struct b2c_output *output)
{
	const struct b2c_table *table = output->config;
	struct b2c_elements elements = { 0 };
	int err = b2c_table_read(run, output, true, &elements);

	if (!err)
		err = table->summary ? print_summary(run, output)
				     : print_rows(run, output, &elements);
	b2c_table_done(run, output, &elements);
	return err;
}

void b2c_print_table(struct b2c_run *run, struct bpf_map *map, const struct b2c_table *table)
{
	struct b2c_output *output =
		table->read ? b2c_add_map_output(run, map, table->outer_size, sizeof(uint32_t))
			    : b2c_add_map_output(run, map, table->key_size, table->value_size);

	if (!output)
		return;
	if (table->read) /* maps by their ids */
		b2c_keep_capability(run, CAP_SYS_ADMIN);
	b2c_row_init(&output->row, run, NULL, table->columns, table->nr_columns);
	output->row.name = table->name;
	output->row.no_header = table->no_header;
	output->config = table;
	output->print = table_print;
	if (table->key_size && !table->summary) /* asking a queue empties it */
		output->expose = b2c_table_metrics;
	output->header_once = table->header_once;
	B2C_TAKE_TIMES(output, table);
}
