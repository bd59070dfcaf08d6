// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What a table's rows are made of: its map, the maps joined to it, and the totals. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
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

uint64_t b2c_key_number(const void *key, size_t size)
{
	uint64_t number = 0; /* little endian, so right for a shorter key too */

	memcpy(&number, key, size < sizeof(number) ? size : sizeof(number));
	return number;
}

/* Adds an element of zeros for each number that is no key. */
static int numbers_add(struct b2c_elements *elements)
{
	size_t key_size = elements->key_size, value_size = elements->value_size;
	size_t i, nr = elements->nr_numbers;
	bool *is_key = calloc(nr, sizeof(*is_key));

	if (!is_key || b2c_elements_reserve(elements, nr)) {
		free(is_key);
		return -ENOMEM;
	}
	for (i = 0; i < elements->nr; i++) {
		uint64_t number = b2c_key_number(elements->keys + i * key_size, key_size);

		if (number < nr)
			is_key[number] = true;
	}
	for (i = 0; i < nr; i++) {
		uint64_t number = i;

		if (is_key[i])
			continue;
		memcpy(elements->keys + elements->nr * key_size, &number, key_size);
		memset(elements->values + elements->nr * value_size, 0, value_size);
		elements->nr++;
	}
	free(is_key);
	return 0;
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
	long long nr_numbers;
	int err = table->read ? table->read(output->map, &how, ret_elements)
			      : b2c_map_read(output->map, &how, ret_elements);

	if (err) {
		b2c_error(run, "cannot read map '%s': %s", bpf_map__name(output->map),
			  strerror(-err));
		return err;
	}
	b2c_count_from(output->since_ms);
	nr_numbers = table->rows_of ? table->rows_of() : 0;
	ret_elements->nr_numbers = nr_numbers > 0 ? (size_t)nr_numbers : 0;
	if (ret_elements->nr_numbers)
		err = numbers_add(ret_elements);
	if (!err && table->nr_joins && run->joiner)
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
