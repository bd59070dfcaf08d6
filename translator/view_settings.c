// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * View, settings: functions that give what the command line decides about an output; and
 * lists of statements, of which some are of the manifest.
 */
#include "view_parts.h"

/* ---- lists of statements, each with its place in the manifest ---- */

void view_add_statement(struct view_statements *statements, struct b2c_loc loc, const char *text)
{
	*arena_append(statements->arena, statements->items, statements->nr) =
		(struct view_statement){ .text = text, .loc = loc };
}

static unsigned int lines_of(const char *text)
{
	unsigned int nr = 1;

	for (; *text; text++)
		nr += *text == '\n';
	return nr;
}

/* Statements from lines of the manifest that follow each other need one #line. */
static bool continues(const struct view_statement *before, const struct view_statement *statement)
{
	return before->loc.line && before->loc.line + lines_of(before->text) == statement->loc.line;
}

void view_add_statements(struct b2c_view *view, const char *name,
			   const struct view_statements *statements)
{
	size_t i;

	view_list(view, name);
	for (i = 0; i < statements->nr; i++) {
		const struct view_statement *one = &statements->items[i];
		struct b2c_view *item = view_add(view, name);
		bool starts = one->loc.line && !(i && continues(one - 1, one));
		bool ends = i + 1 == statements->nr || !one[1].loc.line;

		view_set(item, "statement", one->text);
		view_set(item, "manifest_line",
			 starts ? arena_printf(statements->arena, "%u", one->loc.line) : NULL);
		view_flag(item, "ends_manifest", one->loc.line && ends);
	}
}

/* ---- settings ---- */

const char *view_config_name(const struct b2c_plan_output *out, struct b2c_arena *arena)
{
	static const char *const kinds[] = {
		[B2C_OUTPUT_HISTOGRAM] = "histogram",
		[B2C_OUTPUT_TABLE] = "table",
		[B2C_OUTPUT_STACKS] = "stacks",
	};

	return arena_printf(arena, "%s_%s", out->name, kinds[out->kind]);
}

/* A function that gives what the command line decides. */
static void add_setting(struct b2c_view *view, const char *type, const char *name,
			const struct b2c_plan_output *out, const struct b2c_plan_column *value)
{
	struct view_statements statements = { .arena = view_arena(view) };
	struct b2c_view *item;

	if (!value)
		return;
	item = view_add(view, "settings");
	view_set(item, "type", type);
	view_printf(item, "function", "%s_%s", view_config_name(out, statements.arena), name);
	view_add_statement(&statements, value->loc,
		      arena_printf(statements.arena, "return %s;",
				   view_expression(value->value, statements.arena)));
	view_add_statements(item, "statements", &statements);
}

/* Statements that return the text; `tabs` more than those of a function. */
static void add_caption(struct view_statements *statements, const struct b2c_caption *caption,
			const char *tabs)
{
	const struct b2c_loc ours = { 0 };
	struct b2c_arena *arena = statements->arena;
	const char *inner = arena_printf(arena, "%s\t", tabs);

	for (; caption->then; caption = caption->otherwise) {
		bool nested = caption->then->then != NULL;

		view_add_statement(statements, caption->when.loc,
			      arena_printf(arena, "%sif (%s)%s", tabs,
					   view_expression(caption->when.text, arena),
					   nested ? " {" : ""));
		add_caption(statements, caption->then, inner);
		if (nested)
			view_add_statement(statements, ours, arena_printf(arena, "%s}", tabs));
	}
	view_add_statement(statements, ours,
		      arena_printf(arena, "%sreturn %s;", tabs,
				   view_literal(caption->plain.text, arena)));
}

/* A function that gives the text that options choose. */
static void add_text(struct b2c_view *view, const char *function,
		     const struct b2c_caption *caption)
{
	struct view_statements statements = { .arena = view_arena(view) };
	struct b2c_view *item;

	if (!caption)
		return;
	item = view_add(view, "settings");
	view_set(item, "type", "const char");
	view_printf(item, "function", "*%s", function);
	add_caption(&statements, caption, "");
	view_add_statements(item, "statements", &statements);
}

const char *view_text_function(const struct b2c_plan_output *out, const char *name,
				 struct b2c_arena *arena)
{
	return arena_printf(arena, "%s_%s", view_config_name(out, arena), name);
}

static void texts_view(const struct b2c_plan_output *out, struct b2c_view *view)
{
	struct b2c_arena *arena = view_arena(view);
	size_t i;

	for (i = 0; i < out->nr_columns; i++)
		add_text(view, view_header_function(out, &out->columns[i], arena),
			 out->columns[i].headers);
	if (out->nr_sections == 1)
		add_text(view, view_text_function(out, "section_header", arena),
			 out->sections[0].headers);
	if (out->kind == B2C_OUTPUT_EVENTS)
		return;
	add_text(view, view_text_function(out, "unit", arena), out->units);
	add_text(view, view_text_function(out, "title", arena), out->titles);
}

void view_settings(const struct b2c_plan_output *out, struct b2c_view *view)
{
	view_list(view, "settings");
	texts_view(out, view);
	add_setting(view, "bool", "when", out, out->when);
	add_setting(view, "bool", "timestamp", out, out->timestamp);
	add_setting(view, "bool", "screen", out, out->screen);
	add_setting(view, "size_t", "top", out, out->top_value);
	add_setting(view, "long long", "rows", out, out->rows);
	view_list(view, "line_functions");
	view_lines(out->above, view_text_function(out, "above", view_arena(view)), view);
	view_lines(out->below, view_text_function(out, "below", view_arena(view)), view);
}
