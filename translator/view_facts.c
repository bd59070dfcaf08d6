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

/* What says whether the kernel has something. */
static const char *const finders[] = {
	[B2C_FACT_FUNCTION] = "b2c_find_function",
	[B2C_FACT_TRACEPOINT] = "b2c_find_tracepoint",
	[B2C_FACT_MEMBER] = "b2c_find_member",
};

static struct row row_of(const struct b2c_fact *fact)
{
	size_t i;

	for (i = 0; fact->kind == B2C_FACT_WORD && i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!strcmp(rows[i].word, fact->name.text))
			return rows[i];
	if (fact->kind != B2C_FACT_SYMBOL)
		return (struct row){ fact->name.text, "__u32", finders[fact->kind], fact->of };
	return (struct row){ fact->name.text, "__u64",
			     fact->optional ? "b2c_find_optional_symbol" : "b2c_find_symbol",
			     fact->of };
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
