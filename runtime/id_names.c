// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Names by number; see id_names.h. */
#define _GNU_SOURCE
#include "id_names.h"

#include <stdlib.h>
#include <string.h>

/* Names of what is gone stay, for records still to come, but not without end. */
#define MAX_NAMES 65536

static int compare(const void *a, const void *b)
{
	const struct b2c_id_name *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return x->added < y->added ? -1 : x->added > y->added;
}

static struct b2c_id_name *find(const struct b2c_id_names *names, uint64_t id)
{
	size_t from = 0, to = names->nr_sorted, middle;

	while (from < to) {
		middle = from + (to - from) / 2;
		if (names->items[middle].id < id)
			from = middle + 1;
		else
			to = middle;
	}
	return from < names->nr_sorted && names->items[from].id == id ? &names->items[from] : NULL;
}

void b2c_id_name_add(struct b2c_id_names *names, uint64_t id, const char *name)
{
	struct b2c_id_name *known = find(names, id), *more;
	char *copy;

	if (known && !strcmp(known->name, name))
		return;
	copy = strdup(name);
	if (!copy)
		return;
	if (known) {
		free(known->name);
		known->name = copy;
		return;
	}
	more = realloc(names->items, (names->nr + 1) * sizeof(*more));
	if (!more) {
		free(copy);
		return;
	}
	names->items = more;
	more[names->nr] = (struct b2c_id_name){ .id = id, .added = names->nr, .name = copy };
	names->nr++;
}

/* Sorts what was added; of names for one id the first counts. */
static void sort(struct b2c_id_names *names)
{
	size_t i, kept = 0;

	if (names->nr > names->nr_sorted)
		qsort(names->items, names->nr, sizeof(*names->items), compare);
	for (i = 0; i < names->nr; i++) {
		if (kept && names->items[kept - 1].id == names->items[i].id)
			free(names->items[i].name);
		else
			names->items[kept++] = names->items[i];
	}
	names->nr = kept;
	names->nr_sorted = kept;
}

static void forget(struct b2c_id_names *names)
{
	while (names->nr)
		free(names->items[--names->nr].name);
	names->nr_sorted = 0;
}

const char *b2c_id_name(struct b2c_id_names *names, uint64_t id)
{
	const struct b2c_id_name *found = find(names, id);
	time_t now;

	if (found)
		return found->name;
	now = time(NULL);
	if (now == names->last)
		return NULL;
	names->last = now;
	if (names->nr > MAX_NAMES)
		forget(names);
	names->read(names);
	sort(names);
	found = find(names, id);
	return found ? found->name : NULL;
}
