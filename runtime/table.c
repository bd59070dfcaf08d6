// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Tables: the elements of a map, sorted, as rows. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "maps.h"
#include "run.h"

struct ranked {
	double order;
	size_t index;
};

static int ranked_compare(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->order != y->order)
		return x->order > y->order ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

static bool is_zero(const uint8_t *value, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++)
		if (value[i])
			return false;
	return true;
}

/* Fills *ret_ranked with what is to be printed, in order. Returns how many. */
static size_t rank(const struct b2c_output *output, const struct b2c_elements *elements,
		   struct ranked *ret_ranked)
{
	const struct b2c_table *table = output->config;
	enum bpf_map_type type = bpf_map__type(output->map);
	bool is_array = type == BPF_MAP_TYPE_ARRAY || type == BPF_MAP_TYPE_PERCPU_ARRAY;
	size_t i, nr = 0;

	for (i = 0; i < elements->nr; i++) {
		const uint8_t *key = elements->keys + i * elements->key_size;
		const uint8_t *value = elements->values + i * elements->value_size;

		if (is_array && is_zero(value, elements->value_size))
			continue;
		if (table->filter && !table->filter(key, value))
			continue;
		ret_ranked[nr].index = i;
		ret_ranked[nr++].order = table->order ? table->order(key, value) : 0;
	}
	qsort(ret_ranked, nr, sizeof(*ret_ranked), ranked_compare);
	return table->top && nr > table->top ? table->top : nr;
}

static int print_rows(struct b2c_run *run, struct b2c_output *output,
		      const struct b2c_elements *elements)
{
	const struct b2c_table *table = output->config;
	struct ranked *ranked = calloc(elements->nr + 1, sizeof(*ranked));
	struct b2c_row *row = &output->row;
	size_t i, nr;
	int err = 0;

	if (!ranked)
		return -ENOMEM;
	nr = rank(output, elements, ranked);
	/* An empty table with a title is one of several: it would say nothing. */
	if (table->title && !nr && !row->csv) {
		free(ranked);
		return 0;
	}
	if (table->title && !row->json && !row->csv) {
		err = b2c_write(run, table->title, strlen(table->title));
		if (!err)
			err = b2c_write(run, "\n", 1);
	}
	if (!err)
		err = b2c_print_header(run, row);
	for (i = 0; i < nr && !err; i++) {
		table->put(row, elements->keys + ranked[i].index * elements->key_size,
			   elements->values + ranked[i].index * elements->value_size);
		err = row->err;
	}
	free(ranked);
	return err;
}

static int table_print(struct b2c_run *run, struct b2c_output *output)
{
	const struct b2c_table *table = output->config;
	struct b2c_read how = { .sum_size = table->sum_size, .clear = table->clear };
	struct b2c_elements elements;
	int err = b2c_map_read(output->map, &how, &elements);

	if (err)
		b2c_error(run, "cannot read map '%s': %s", bpf_map__name(output->map),
			  strerror(-err));
	else
		err = print_rows(run, output, &elements);
	b2c_elements_free(&elements);
	return err;
}

void b2c_print_table(struct b2c_run *run, struct bpf_map *map, const struct b2c_table *table)
{
	struct b2c_output *output =
		b2c_add_map_output(run, map, table->key_size, table->value_size);

	if (!output)
		return;
	b2c_row_init(&output->row, run, NULL, table->columns, table->nr_columns);
	output->row.name = table->name;
	output->row.no_header = table->no_header;
	output->config = table;
	output->print = table_print;
	output->every_interval = table->every_interval;
}
