// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Chooses variables by their size; see stack.h. */
#include "stack.h"

#include <string.h>

/* Below this a pointer to the map's value costs as much as the variable. */
#define LEAST_BYTES 16

static bool is_listed(const struct b2c_scratch_list *list, const struct b2c_local *local)
{
	size_t i;

	for (i = 0; i < list->nr; i++)
		if (!strcmp(list->items[i].function, local->function) &&
		    !strcmp(list->items[i].name, local->name))
			return true;
	return false;
}

/*
 * What was listed in an earlier round and still is on the stack could not be moved;
 * what this round listed for another program leaves this one's stack too.
 */
static void choose_for(const struct b2c_stack_use *use, uint64_t limit, size_t nr_tried,
		       struct b2c_arena *arena, struct b2c_scratch_list *list)
{
	struct b2c_scratch_list tried = { list->items, nr_tried };
	uint64_t left = use->size;
	size_t i;

	for (i = 0; i < use->nr_locals && left > limit; i++) {
		const struct b2c_local *local = &use->locals[i];

		if (local->size < LEAST_BYTES)
			break;
		tried.items = list->items;
		if (is_listed(&tried, local))
			continue;
		left -= local->size < left ? local->size : left;
		if (!is_listed(list, local))
			*arena_append(arena, list->items, list->nr) = *local;
	}
}

bool stack_choose(const struct b2c_object *object, uint64_t limit, struct b2c_arena *arena,
		  struct b2c_scratch_list *list)
{
	size_t nr_tried = list->nr, i;

	for (i = 0; i < object->nr_stack_uses; i++)
		choose_for(&object->stack_uses[i], limit, nr_tried, arena, list);
	return list->nr > nr_tried;
}
