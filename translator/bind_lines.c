// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Bind, lines: text that is printed at the start, at the end and around outputs. */
#include "bind_parts.h"

const struct b2c_plan_lines *bind_lines(struct bind *b, const struct b2c_lines *asked)
{
	struct b2c_plan_line *items = NULL;
	struct b2c_plan_lines *lines;
	size_t i;

	if (!asked->given)
		return NULL;
	lines = arena_alloc(b->arena, sizeof(*lines));
	for (i = 0; i < asked->nr; i++)
		*arena_append(b->arena, items, lines->nr) = (struct b2c_plan_line){
			.text = asked->items[i].text.text,
			.value = bind_condition(b, &asked->items[i].value),
			.when = bind_condition(b, &asked->items[i].when),
			.loc = asked->items[i].loc,
		};
	lines->items = items;
	return lines;
}
