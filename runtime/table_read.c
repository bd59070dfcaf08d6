// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What a table's rows are made of: its map, the maps joined to it, and the totals. */
#define _GNU_SOURCE
#include <string.h>

#include "table_rows.h"

void b2c_table_element(const struct b2c_elements *elements, size_t index, const void **ret_key,
		       const void **ret_value)
{
	if (elements->nr_cpus)
		b2c_set_row_cpu((int)(index % elements->nr_cpus));
	*ret_key = elements->keys + index * elements->key_size;
	*ret_value = elements->values + index * elements->value_size;
}

static void add_totals(const struct b2c_table *table, const struct b2c_elements *elements)
{
	const void *key, *value;
	size_t i;

	for (i = 0; i < table->nr_totals; i++)
		table->totals[i] = 0;
	for (i = 0; i < elements->nr && table->add; i++) {
		b2c_table_element(elements, i, &key, &value);
		if (table->summary || b2c_table_shows(table, key, value))
			table->add(key, value);
	}
}

int b2c_table_read(struct b2c_run *run, const struct b2c_output *output, bool clear,
		   struct b2c_elements *ret_elements)
{
	const struct b2c_table *table = output->config;
	struct b2c_read how = {
		.sum_size = table->sum_size,
		.clear = clear && table->clear,
		.lists_cpus = table->lists_cpus,
	};
	int err = table->read ? table->read(output->map, &how, ret_elements)
			      : b2c_map_read(output->map, &how, ret_elements);

	if (err) {
		b2c_error(run, "cannot read map '%s': %s", bpf_map__name(output->map),
			  strerror(-err));
		return err;
	}
	b2c_count_from(output->since_ms);
	if (table->nr_joins && run->joiner)
		err = run->joiner->read(run, output, ret_elements, clear);
	if (!err)
		add_totals(table, ret_elements);
	return err;
}

void b2c_table_done(const struct b2c_run *run, const struct b2c_output *output,
		    struct b2c_elements *elements)
{
	const struct b2c_table *table = output->config;

	b2c_elements_free(elements);
	if (table->nr_joins && run->joiner)
		run->joiner->free(table);
}
