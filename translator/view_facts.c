// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* View, facts: the struct behind `host`, and the calls that fill it. */
#include <string.h>

#include "view_parts.h"

struct row {
	const char *word;
	const char *type;
	const char *function;
	const char *argument;
};

static const struct row rows[] = {
#define X(word, type, function, argument) { word, type, function, argument },
	B2C_FACTS(X)
#undef X
};

static struct row row_of(const struct b2c_fact *fact)
{
	size_t i;

	if (fact->function)
		return (struct row){ fact->name.text, "__u32", "b2c_find_function",
				     fact->name.text };
	for (i = 0; !fact->symbol && i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!strcmp(rows[i].word, fact->name.text))
			return rows[i];
	return (struct row){ fact->name.text, "__u64",
			     fact->optional ? "b2c_find_optional_symbol" : "b2c_find_symbol",
			     fact->name.text };
}

const char *view_host_struct(const struct b2c_manifest *manifest, const char *tool,
			     struct b2c_arena *arena)
{
	const char *text;
	size_t i;

	if (!manifest->nr_facts)
		return "";
	text = arena_printf(arena, "struct %s_host {\n", tool);
	for (i = 0; i < manifest->nr_facts; i++)
		text = arena_printf(arena, "%s\t%s %s;\n", text, row_of(&manifest->facts[i]).type,
				    manifest->facts[i].name.text);
	return arena_printf(arena, "%s};\n", text);
}

static void add_fact(const struct b2c_fact *fact, struct b2c_view *view)
{
	struct b2c_arena *arena = view_arena(view);
	struct row row = row_of(fact);
	const char *args[3] = { "run" };
	size_t nr = 1;

	if (row.argument)
		args[nr++] = view_literal(row.argument, arena);
	args[nr++] = arena_printf(arena, "&host.%s", row.word);
	view_printf(view_add(view, "fact_members"), "text", "%s %s", row.type, row.word);
	view_set(view_add(view, "facts"), "call", view_call(row.function, args, nr, arena));
}

void view_facts(const struct b2c_manifest *manifest, struct b2c_view *view)
{
	size_t i;

	view_flag(view, "has_facts", manifest->nr_facts);
	view_list(view, "fact_members");
	view_list(view, "facts");
	for (i = 0; i < manifest->nr_facts; i++)
		add_fact(&manifest->facts[i], view);
}
