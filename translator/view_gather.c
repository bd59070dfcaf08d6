// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* View, gather: events whose rows are made of several records. */
#include <string.h>

#include "view_parts.h"

#define INNER "        " /* as wide as the tab of a statement within another */

static void add_parts(const struct b2c_plan_gather *gather, struct b2c_view *view)
{
	struct b2c_arena *arena = view_arena(view);
	size_t i;

	view_list(view, "parts");
	for (i = 0; i < gather->nr; i++) {
		const struct b2c_gather_part *asked = gather->parts[i].asked;
		struct view_fields fields = { .arena = arena, .depth = 2 };
		const char *separator = asked->separator.text ? asked->separator.text : " ";

		if (asked->path)
			view_field(&fields, ".path = true");
		else if (gather->parts[i].text)
			view_field_literal(&fields, "separator", separator);
		if (asked->first)
			view_field(&fields, ".first = true");
		view_set(view_add(view, "parts"), "braces",
			 fields.nr ? view_braces(&fields) : "{ 0 }");
	}
}

/* "return b2c_keep_text(row, e->pid, 0, e->argv, sizeof(e->argv));" */
static const char *keep_call(const struct b2c_plan_output *out, size_t n, struct b2c_arena *arena)
{
	const struct b2c_plan_part_of_row *part = &out->gather.parts[n];
	const char *args[] = {
		"row",
		view_expression(out->gather.by->value, arena),
		arena_printf(arena, "%zu", n),
		part->text ? view_expression(part->text->value, arena) : "e",
		!part->text ? "sizeof(*e)" : part->text->size ? part->text->size : "0",
	};

	const char *call = view_call(part->text ? INNER "return b2c_keep_text"
						: INNER "return b2c_keep_record",
				     args, sizeof(args) / sizeof(args[0]), arena);

	return arena_printf(arena, "\t\t%s", call + strlen(INNER));
}

static bool is_used(const struct b2c_plan_output *out, const char *name)
{
	bool uses = out->filter && view_uses(out->filter->value, name);
	size_t i;

	for (i = 0; i < out->nr_columns; i++) {
		uses |= view_uses(out->columns[i].value, name);
		uses |= out->columns[i].limit && view_uses(out->columns[i].limit->value, name);
		uses |= out->columns[i].pid && view_uses(out->columns[i].pid, name);
	}
	return uses;
}

/* "const char *args = b2c_text_part(row, 0);" */
static void add_local(const struct b2c_plan_output *out, size_t n,
		      struct view_statements *statements)
{
	const struct b2c_plan_part_of_row *part = &out->gather.parts[n];
	struct b2c_arena *arena = statements->arena;
	const char *args[] = {
		"row",
		arena_printf(arena, "%zu", n),
		arena_printf(arena, "&%s_absent", out->name),
	};
	const char *head = arena_printf(arena, "const char *%s = b2c_text_part", part->name);
	const struct b2c_loc nowhere = { 0 };

	if (!is_used(out, part->name))
		return;
	if (!part->text)
		head = arena_printf(arena, "const %s *%s = b2c_record_part",
				    view_type_name(out->event, arena), part->name);
	view_add_statement(statements, nowhere,
			   view_call(head, args, part->text ? 2 : 3, arena));
}

static void add_needed(const struct b2c_plan_output *out, size_t n,
		       struct view_statements *statements)
{
	const struct b2c_plan_column *needed = out->gather.parts[n].needed;
	struct b2c_arena *arena = statements->arena;

	if (!needed)
		return;
	view_add_statement(statements, needed->loc,
			   arena_printf(arena,
					"if (!b2c_has_part(row, %zu) && (%s))\n"
					"\t\treturn b2c_row_lacks_part(row);",
					n, view_expression(needed->value, arena)));
}

static void add_statements(const struct b2c_plan_output *out, struct view_statements *statements)
{
	const struct b2c_plan_gather *gather = &out->gather;
	struct b2c_arena *arena = statements->arena;
	const char *end_args[] = {
		"row",
		view_expression(gather->by->value, arena),
	};
	size_t i;

	for (i = 0; i < gather->nr; i++)
		view_add_statement(statements, gather->parts[i].condition->loc,
				   arena_printf(arena, "if (%s)\n%s",
						view_expression(gather->parts[i].condition->value,
								arena),
						keep_call(out, i, arena)));
	view_add_statement(statements, gather->when->loc,
			   arena_printf(arena, "if (!(%s))\n\t\treturn %s;",
					view_expression(gather->when->value, arena),
					out->is_shared ? "B2C_NOT_TAKEN" : "0"));
	view_add_statement(statements, gather->by->loc,
			   view_call("b2c_end_parts", end_args, 2, arena));
	for (i = 0; i < gather->nr; i++)
		add_needed(out, i, statements);
	for (i = 0; i < gather->nr; i++)
		add_local(out, i, statements);
}

void view_gather(const struct b2c_plan_output *out, struct b2c_view *view)
{
	struct view_statements statements = { .arena = view_arena(view) };
	bool has_records = false;
	size_t i;

	for (i = 0; i < out->gather.nr; i++)
		has_records |= !out->gather.parts[i].text &&
			       is_used(out, out->gather.parts[i].name);
	view_flag(view, "gathers", out->gather.nr);
	view_flag(view, "keeps_records", has_records);
	view_set(view, "event_type", view_type_name(out->event, view_arena(view)));
	add_parts(&out->gather, view);
	if (out->gather.nr)
		add_statements(out, &statements);
	view_add_statements(view, "gather", &statements);
}
