// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Joins: other maps that the rows of a table read. Each is read as a whole, in
 * batches, before the rows are made, and its elements are found by their sorted keys.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "maps.h"
#include "run.h"
#include "table_rows.h"

struct b2c_joined {
	struct b2c_elements elements;
	bool is_shared;	 /* they are the table's, or those of a join before */
	uint32_t *order; /* indices of elements, by their keys */
	uint8_t *zeros;	 /* a value */
};

static int compare(const void *a, const void *b, void *arg)
{
	const struct b2c_elements *elements = arg;

	return memcmp(elements->keys + *(const uint32_t *)a * elements->key_size,
		      elements->keys + *(const uint32_t *)b * elements->key_size,
		      elements->key_size);
}

const void *b2c_join(const struct b2c_join *join, const void *key)
{
	const struct b2c_joined *joined = join->joined;
	const struct b2c_elements *elements = &joined->elements;
	size_t low = 0, high = elements->nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2, index = joined->order[middle];
		int order = memcmp(key, elements->keys + index * join->key_size, join->key_size);

		if (!order)
			return elements->values + index * join->value_size;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return joined->zeros;
}

static void join_free(struct b2c_join *join)
{
	if (!join->joined)
		return;
	if (!join->joined->is_shared)
		b2c_elements_free(&join->joined->elements);
	free(join->joined->order);
	free(join->joined->zeros);
	free(join->joined);
	join->joined = NULL;
}

/*
 * What has been read of the join's map in this round, which may be empty by now: for the
 * table, unless that lists CPUs, or for a join before it. NULL: it has not been read.
 */
static const struct b2c_elements *read_before(const struct b2c_output *output,
					      const struct b2c_elements *elements,
					      const struct b2c_join *join)
{
	const struct b2c_table *table = output->config;
	const struct b2c_join *other;

	if (join->map == output->map && !table->read && !table->lists_cpus &&
	    join->value_size == elements->value_size)
		return elements;
	for (other = table->joins; other < join; other++)
		if (other->map == join->map)
			return &other->joined->elements;
	return NULL;
}

/* Whether any join empties the map: the first that reads it has to. */
static bool is_cleared(const struct b2c_table *table, const struct bpf_map *map)
{
	size_t i;

	for (i = 0; i < table->nr_joins; i++)
		if (table->joins[i].map == map && table->joins[i].clear)
			return true;
	return false;
}

static int elements_read(struct b2c_run *run, const struct b2c_join *join, bool clear,
			 struct b2c_elements *ret_elements)
{
	struct b2c_read how = { .sum_size = join->sum_size, .clear = clear };
	int err = b2c_map_read(join->map, &how, ret_elements);

	if (err)
		b2c_error(run, "cannot read map '%s': %s", bpf_map__name(join->map),
			  strerror(-err));
	return err;
}

static int join_read(struct b2c_run *run, const struct b2c_output *output,
		     const struct b2c_elements *elements, struct b2c_join *join, bool clear)
{
	const struct b2c_elements *before = read_before(output, elements, join);
	struct b2c_joined *joined = calloc(1, sizeof(*joined));
	uint32_t i;
	int err = 0;

	join->joined = joined;
	if (!joined)
		return -ENOMEM;
	joined->is_shared = before;
	if (before)
		joined->elements = *before;
	else
		err = elements_read(run, join, clear && is_cleared(output->config, join->map),
				    &joined->elements);
	if (err)
		return err;
	joined->order = calloc(joined->elements.nr + 1, sizeof(*joined->order));
	joined->zeros = calloc(1, join->value_size);
	if (!joined->order || !joined->zeros)
		return -ENOMEM;
	for (i = 0; i < joined->elements.nr; i++)
		joined->order[i] = i;
	qsort_r(joined->order, joined->elements.nr, sizeof(*joined->order), compare,
		&joined->elements);
	return 0;
}

static bool has_key(const struct b2c_elements *elements, const uint32_t *order, size_t nr,
		    const uint8_t *key)
{
	size_t low = 0, high = nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int sign = memcmp(key, elements->keys + order[middle] * elements->key_size,
				  elements->key_size);

		if (!sign)
			return true;
		if (sign < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

/* Adds an element of zeros for each key that the join alone has. */
static int rows_add(const struct b2c_join *join, struct b2c_elements *elements)
{
	const struct b2c_elements *others = &join->joined->elements;
	size_t key_size = elements->key_size, value_size = elements->value_size;
	size_t i, nr = elements->nr;
	uint32_t *order = calloc(nr + 1, sizeof(*order));

	if (!order || b2c_elements_reserve(elements, others->nr)) {
		free(order);
		return -ENOMEM;
	}
	for (i = 0; i < nr; i++)
		order[i] = (uint32_t)i;
	qsort_r(order, nr, sizeof(*order), compare, elements);
	for (i = 0; i < others->nr; i++) {
		const uint8_t *key = others->keys + i * key_size;

		if (has_key(elements, order, nr, key))
			continue;
		memcpy(elements->keys + elements->nr * key_size, key, key_size);
		memset(elements->values + elements->nr * value_size, 0, value_size);
		elements->nr++;
	}
	free(order);
	return 0;
}

/* Joins of the table's own map show what that has, where it is now. */
static void joins_follow(const struct b2c_output *output, const struct b2c_elements *elements)
{
	const struct b2c_table *table = output->config;
	size_t i;

	for (i = 0; i < table->nr_joins; i++) {
		struct b2c_joined *joined = table->joins[i].joined;

		if (!joined->is_shared || table->joins[i].map != output->map)
			continue;
		joined->elements.keys = elements->keys;
		joined->elements.values = elements->values;
	}
}

static int joins_read(struct b2c_run *run, const struct b2c_output *output,
		      struct b2c_elements *elements, bool clear)
{
	const struct b2c_table *table = output->config;
	size_t i;
	int err = 0;

	for (i = 0; i < table->nr_joins && !err; i++)
		err = join_read(run, output, elements, &table->joins[i], clear);
	for (i = 0; i < table->nr_joins && !err; i++)
		if (table->joins[i].rows)
			err = rows_add(&table->joins[i], elements);
	if (!err)
		joins_follow(output, elements);
	return err;
}

static void joins_free(const struct b2c_table *table)
{
	size_t i;

	/* of those that share elements the owner is the first */
	for (i = table->nr_joins; i > 0; i--)
		join_free(&table->joins[i - 1]);
}

void b2c_join_map(struct b2c_run *run, struct b2c_join *join, struct bpf_map *map)
{
	static const struct b2c_joiner joiner = { joins_read, joins_free };

	join->map = map;
	run->joiner = &joiner;
	if (run->err || (bpf_map__key_size(map) == join->key_size &&
			 bpf_map__value_size(map) == join->value_size))
		return;
	b2c_error(run, "map '%s' does not have the layout of its join", bpf_map__name(map));
	run->err = -EINVAL;
}
