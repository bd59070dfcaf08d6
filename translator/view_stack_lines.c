// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* View, lines of stacks: the functions that print the elements of stacks line by line. */
#include <string.h>

#include "view_parts.h"

#define INNER "        " /* as wide as the tab of a statement within another */

static bool has_user(const struct b2c_plan_stack_lines *lines)
{
	size_t i;

	for (i = 0; i < lines->nr; i++)
		if (lines->items[i].pid)
			return true;
	return false;
}

bool view_has_user_stack(const struct b2c_plan_stacks *stacks)
{
	return stacks->user || has_user(&stacks->lines) || has_user(&stacks->fold);
}

/* ---- what stacks are like ---- */

static const char *side_of(const struct b2c_plan_stack_line *line, struct b2c_arena *arena)
{
	struct view_fields fields = { .arena = arena, .depth = 2 };

	view_field_literal(&fields, "key", line->key);
	if (line->pid)
		view_field(&fields, ".users = &b2c_user_symbols");
	if (line->asked->indent.text)
		view_field_literal(&fields, "indent", line->asked->indent.text);
	if (line->asked->address)
		view_field(&fields, ".address = %d", line->asked->address);
	if (line->asked->skip)
		view_field(&fields, ".skip = %llu", (unsigned long long)line->asked->skip);
	if (line->asked->reversed)
		view_field(&fields, ".reversed = true");
	return view_braces(&fields);
}

static void add_sides(const struct b2c_plan_stack_lines *lines, struct b2c_view *layout)
{
	size_t i;

	view_list(layout, "sides");
	for (i = 0; i < lines->nr; i++)
		if (lines->items[i].id)
			view_set(view_add(layout, "sides"), "braces",
				 side_of(&lines->items[i], view_arena(layout)));
}

/* ---- statements ---- */

static const char *text_call(const struct b2c_plan_stack_line *line, const char *indent,
			     struct b2c_arena *arena)
{
	const struct b2c_plan_column *value = line->value;
	const char *text = value ? view_expression(value->value, arena)
				 : view_literal(line->asked->text.text, arena);
	const char *args[] = {
		"layout",
		line->key ? view_literal(line->key, arena) : "NULL",
		text,
		value && value->size ? value->size : "SIZE_MAX",
	};
	const char *plain[] = { "layout", text };

	if (!line->key && !(value && value->size))
		return view_call(arena_printf(arena, "%sb2c_lay_line", indent), plain, 2, arena);
	return view_call(arena_printf(arena, "%sb2c_lay_text", indent), args, 4, arena);
}

/* A call as it stands so deep; `nr_sides` stacks come before it. */
static const char *call_of(const struct b2c_plan_stack_line *line, const char *function,
			   size_t nr_sides, struct b2c_arena *arena)
{
	const char *indent = line->when ? INNER : "";
	const char *call, *args[4] = { "layout" };

	if (!line->id) {
		call = text_call(line, indent, arena);
	} else {
		args[1] = arena_printf(arena, "&%s_sides[%zu]", function, nr_sides);
		args[2] = view_stack_id(line->id, arena);
		args[3] = line->pid ? view_expression(line->pid->value, arena) : "0";
		call = view_call(arena_printf(arena, "%sb2c_lay_stack", indent), args, 4, arena);
	}
	if (!line->when)
		return call;
	return arena_printf(arena, "if (%s)\n\t\t%s", view_expression(line->when->value, arena),
			    call + strlen(indent));
}

static bool uses(const struct b2c_plan_stack_lines *lines, const char *name)
{
	bool found = false;
	size_t i, k;

	for (i = 0; i < lines->nr; i++) {
		const struct b2c_plan_stack_line *line = &lines->items[i];
		const struct b2c_plan_column *all[] = { line->value, line->id, line->pid,
							line->when };

		for (k = 0; k < sizeof(all) / sizeof(all[0]); k++)
			found |= all[k] && view_uses(all[k]->value, name);
	}
	return found;
}

static void add_layout(const struct b2c_plan_output *out, const char *name,
		       const struct b2c_plan_stack_lines *lines, struct b2c_view *view)
{
	struct view_statements statements = { .arena = view_arena(view) };
	struct b2c_view *layout;
	const char *function;
	size_t i, nr_sides = 0;

	if (!lines->nr)
		return;
	layout = view_add(view, "layouts");
	function = arena_printf(statements.arena, "%s_%s", out->map->name, name);
	view_set(layout, "function", function);
	view_flag(layout, "lays_key", uses(lines, "key"));
	view_flag(layout, "lays_value", uses(lines, "value"));
	add_sides(lines, layout);
	for (i = 0; i < lines->nr; i++) {
		view_add_statement(&statements, lines->items[i].loc,
				   call_of(&lines->items[i], function, nr_sides, statements.arena));
		nr_sides += lines->items[i].id != NULL;
	}
	view_flag(layout, "has_sides", nr_sides);
	view_add_statements(layout, "statements", &statements);
}

/* ---- columns of JSON and CSV ---- */

static void add_column(struct b2c_view *view, const char *key)
{
	view_set(view_add(view, "stack_columns"), "key", view_literal(key, view_arena(view)));
}

static const struct b2c_plan_stack_lines *flat_lines(const struct b2c_plan_stacks *stacks)
{
	return stacks->fold.nr ? &stacks->fold : &stacks->lines;
}

/* Whether a line's key is its own, and no earlier line's. */
static bool is_first(const struct b2c_plan_stack_lines *lines, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (lines->items[i].key && !strcmp(lines->items[i].key, lines->items[n].key))
			return false;
	return true;
}

static void add_columns(const struct b2c_plan_stacks *stacks, struct b2c_view *view)
{
	const struct b2c_plan_stack_lines *lines = flat_lines(stacks);
	size_t i;

	if (stacks->pid || stacks->comm) {
		add_column(view, "comm");
		add_column(view, "pid");
	}
	for (i = 0; i < lines->nr; i++)
		if (lines->items[i].key && is_first(lines, i))
			add_column(view, lines->items[i].key);
	add_column(view, "count");
}

void view_stack_lines(const struct b2c_plan_output *out, struct b2c_view *view)
{
	view_list(view, "layouts");
	view_list(view, "stack_columns");
	view_flag(view, "has_lines", out->stacks.lines.nr);
	if (!out->stacks.lines.nr)
		return;
	add_layout(out, "lines", &out->stacks.lines, view);
	add_layout(out, "fold", &out->stacks.fold, view);
	add_columns(&out->stacks, view);
}

void view_stack_fields(const struct b2c_plan_output *out, struct view_fields *fields)
{
	const char *name = out->map->name;

	if (!out->stacks.lines.nr)
		return;
	view_field(fields, ".lines = %s_lines", name);
	if (out->stacks.fold.nr)
		view_field(fields, ".fold = %s_fold", name);
	view_field(fields, ".columns = %s_columns", name);
	view_field(fields, ".nr_columns = B2C_SIZE(%s_columns)", name);
}
