// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* View, text: literals, initialisers and calls, laid out as clang-format lays them out. */
#include <ctype.h>
#include <string.h>

#include "view_parts.h"

const char *view_indent(size_t column, struct b2c_arena *arena)
{
	struct b2c_text text = { 0 };
	const char *indent;
	size_t i;

	for (i = 0; i < column / VIEW_TAB; i++)
		text_append(&text, "\t");
	for (i = 0; i < column % VIEW_TAB; i++)
		text_append(&text, " ");
	indent = arena_strdup(arena, text_string(&text));
	text_free(&text);
	return indent;
}

static void append_escaped(struct b2c_text *out, char c)
{
	static const char from[] = "\"\\\n\t\r", *const to[] = { "\\\"", "\\\\", "\\n", "\\t",
								 "\\r" };
	const char *at = strchr(from, c);

	if (c && at)
		text_append(out, to[at - from]);
	else if (iscntrl((unsigned char)c))
		text_printf(out, "\\%03o", (unsigned char)c);
	else
		text_append_n(out, &c, 1);
}

const char *view_literal(const char *text, struct b2c_arena *arena)
{
	struct b2c_text out = { 0 };
	const char *literal;

	text_append(&out, "\"");
	for (; *text; text++)
		append_escaped(&out, *text);
	text_append(&out, "\"");
	literal = arena_strdup(arena, text_string(&out));
	text_free(&out);
	return literal;
}

const char *view_comment(const char *text, struct b2c_arena *arena)
{
	char *copy = arena_strdup(arena, text), *p;

	for (p = copy; *p; p++) {
		if (*p == '\n')
			*p = ' ';
		if ((p[0] == '*' && p[1] == '/') || (p[0] == '/' && p[1] == '*'))
			p[p[0] == '*'] = '|';
	}
	return copy;
}

/* ---- initialisers ---- */

void view_field(struct view_fields *fields, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	*arena_append(fields->arena, fields->items, fields->nr) =
		arena_vprintf(fields->arena, fmt, args);
	va_end(args);
}

/* Where to cut a literal so that `room` columns hold the piece with its quotes. */
static size_t literal_piece(const char *text, size_t room)
{
	size_t i, width = 2, cut = 0;

	for (i = 0; text[i]; i++) {
		width += strchr("\"\\\n\t\r", text[i]) ? 2 : 1;
		if (width > room)
			return cut ? cut : i;
		if (text[i] == ' ')
			cut = i + 1;
	}
	return i;
}

/* A literal too long for its line becomes pieces that stand below each other. */
void view_field_literal(struct view_fields *fields, const char *name, const char *text)
{
	size_t column = fields->depth * VIEW_TAB + strlen(name) + strlen(". = ");
	struct b2c_text out = { 0 };
	size_t n;

	do {
		n = literal_piece(text, VIEW_COLUMNS - 1 - column);
		text_append(&out,
			    view_literal(arena_strndup(fields->arena, text, n), fields->arena));
		text += n;
		if (*text)
			text_printf(&out, "\n%s", view_indent(column, fields->arena));
	} while (*text);
	view_field(fields, ".%s = %s", name, text_string(&out));
	text_free(&out);
}

static const char *join(const char *const *items, size_t nr, const char *between,
			struct b2c_arena *arena)
{
	struct b2c_text out = { 0 };
	const char *text;
	size_t i;

	for (i = 0; i < nr; i++)
		text_printf(&out, "%s%s", i ? between : "", items[i]);
	text = arena_strdup(arena, text_string(&out));
	text_free(&out);
	return text;
}

void view_field_list(struct view_fields *fields, const char *name, const char *const *items,
		     size_t nr)
{
	const char *line = join(items, nr, ", ", fields->arena);
	const char *indent = view_indent((fields->depth + 1) * VIEW_TAB, fields->arena);
	size_t width = fields->depth * VIEW_TAB + strlen(name) + strlen(". = {  },") + strlen(line);

	if (width <= VIEW_COLUMNS)
		view_field(fields, ".%s = { %s }", name, line);
	else
		view_field(fields, ".%s = {\n%s%s,\n%s}", name, indent,
			   join(items, nr, arena_printf(fields->arena, ",\n%s", indent),
				fields->arena),
			   view_indent(fields->depth * VIEW_TAB, fields->arena));
}

const char *view_braces(const struct view_fields *fields)
{
	const char *line = join(fields->items, fields->nr, ", ", fields->arena);

	if (VIEW_TAB + strlen("{  },") + strlen(line) <= VIEW_COLUMNS && !strchr(line, '\n'))
		return arena_printf(fields->arena, "{ %s }", line);
	return arena_printf(fields->arena, "{\n\t\t%s,\n\t}",
			    join(fields->items, fields->nr, ",\n\t\t", fields->arena));
}

void view_add_fields(struct b2c_view *view, const char *name, const struct view_fields *fields)
{
	size_t i;

	view_list(view, name);
	for (i = 0; i < fields->nr; i++)
		view_set(view_add(view, name), "text", fields->items[i]);
}

/* ---- calls ---- */

const char *view_call(const char *head, const char *const *args, size_t nr_args,
		      struct b2c_arena *arena)
{
	size_t start = VIEW_TAB + strlen(head) + 1, column = start, i;
	struct b2c_text out = { 0 };
	const char *text;

	text_printf(&out, "%s(", head);
	for (i = 0; i < nr_args; i++) {
		size_t end = i + 1 == nr_args ? strlen(");") : strlen(",");

		if (i && column + 1 + strlen(args[i]) + end > VIEW_COLUMNS) {
			text_printf(&out, "\n%s", view_indent(start, arena));
			column = start;
		} else if (i) {
			text_append(&out, " ");
			column++;
		}
		text_printf(&out, "%s%s", args[i], i + 1 == nr_args ? ");" : ",");
		column += strlen(args[i]) + 1;
	}
	text = arena_strdup(arena, text_string(&out));
	text_free(&out);
	return text;
}
