// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* View, lines: functions that give the text around outputs, at the start and at the end. */
#include "view_parts.h"

void view_lines(const struct b2c_plan_lines *lines, const char *function, struct b2c_view *view)
{
	struct b2c_arena *arena = view_arena(view);
	struct b2c_view *item;
	size_t i;

	if (!lines || !lines->nr)
		return;
	item = view_add(view, "line_functions");
	view_set(item, "function", function);
	view_list(item, "lines");
	for (i = 0; i < lines->nr; i++) {
		const struct b2c_plan_line *line = &lines->items[i];
		struct b2c_view *one = view_add(item, "lines");

		view_set(one, "condition",
			 line->when ? view_expression(line->when->value, arena) : NULL);
		view_set(one, "text",
			 line->text ? view_literal(line->text, arena)
				    : view_expression(line->value->value, arena));
		view_set(one, "manifest_line",
			 line->when || line->value ? arena_printf(arena, "%u", line->loc.line)
						   : NULL);
	}
}
