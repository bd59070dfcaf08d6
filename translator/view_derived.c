// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * View, derived values of tables: the local variables that a function needs for
 * its expressions, joined maps among them, and the sums over all elements.
 */
#include <string.h>

#include "view_parts.h"

/* A statement that stands in the manifest, between two #line. */
static void add_line(struct b2c_view *view, const char *list, struct b2c_loc loc, const char *text)
{
	struct b2c_view *item = view_add(view, list);

	view_set(item, "statement", text);
	view_set(item, "manifest_line",
		 loc.line ? arena_printf(view_arena(view), "%u", loc.line) : NULL);
	view_flag(item, "ends_manifest", loc.line);
}

static bool any_uses(const char *const *expressions, size_t nr, const char *name)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (view_uses(expressions[i], name))
			return true;
	return false;
}

static void add_join(const struct b2c_plan_output *out, size_t n, const char *list,
		     struct b2c_view *view)
{
	const struct b2c_plan_join *join = &out->joins[n];
	struct b2c_arena *arena = view_arena(view);
	const char *key = view_type_name(join->key_type, arena);
	const char *value = view_type_name(join->value_type, arena);
	const char *star = view_is_scalar(join->value_type) ? "*" : "";
	const struct b2c_loc nowhere = { 0 };
	const char *call = arena_printf(arena, "b2c_join(&%s_joins[%zu], &%s_key)", out->name,
					n, join->name);

	add_line(view, list, join->key->loc,
		 arena_printf(arena, "const %s %s_key = %s;", key, join->name,
			      view_expression(join->key->value, arena)));
	if (*star)
		call = arena_printf(arena, "*(const %s *)%s", value, call);
	add_line(view, list, nowhere,
		 arena_printf(arena, "const %s %s%s = %s;", value, *star ? "" : "*", join->name,
			      call));
}

/* The outer map's key, which stands behind that of the element. */
static void add_outer(const struct b2c_plan_output *out, const char *list, struct b2c_view *view)
{
	struct b2c_arena *arena = view_arena(view);
	const char *type = view_type_name(out->outer, arena);
	const char *args[] = { "key_data", view_size_of(out->key, arena) };
	const char *head = arena_printf(arena, "const %s outer = *(const %s *)b2c_outer_key", type,
					type);
	const struct b2c_loc nowhere = { 0 };

	add_line(view, list, nowhere, view_call(head, args, 2, arena));
}

/* An expression itself, or the key of a join. */
static bool uses_outer(const struct b2c_plan_output *out, const char *const *expressions,
		       size_t nr)
{
	bool uses = any_uses(expressions, nr, "outer");
	size_t i;

	for (i = 0; i < out->nr_joins; i++)
		uses |= any_uses(expressions, nr, out->joins[i].name) &&
			view_uses(out->joins[i].key->value, "outer");
	return uses;
}

void view_locals(const struct b2c_plan_output *out, const char *function,
		 const char *const *expressions, size_t nr, struct b2c_view *view)
{
	struct b2c_arena *arena = view_arena(view);
	const char *list = arena_printf(arena, "%s_joins", function);
	bool key = any_uses(expressions, nr, "key"), value = any_uses(expressions, nr, "value");
	size_t i;

	view_list(view, list);
	if (out->outer && uses_outer(out, expressions, nr))
		add_outer(out, list, view);
	for (i = 0; i < out->nr_joins; i++) {
		const struct b2c_plan_join *join = &out->joins[i];

		if (!any_uses(expressions, nr, join->name))
			continue;
		add_join(out, i, list, view);
		key |= view_uses(join->key->value, "key");
		value |= view_uses(join->key->value, "value");
	}
	view_flag(view, arena_printf(arena, "%s_key", function), key);
	view_flag(view, arena_printf(arena, "%s_value", function), value);
}

void view_joins(const struct b2c_plan_output *out, struct b2c_view *view)
{
	struct b2c_arena *arena = view_arena(view);
	size_t i;

	view_list(view, "joins");
	for (i = 0; i < out->nr_joins; i++) {
		const struct b2c_plan_join *join = &out->joins[i];
		struct view_fields fields = { .arena = arena, .depth = 2 };

		view_field(&fields, ".key_size = %s", view_size_of(join->key_type, arena));
		view_field(&fields, ".value_size = %s", view_size_of(join->value_type, arena));
		if (join->sum_size)
			view_field(&fields, ".sum_size = sizeof(__u%llu)",
				   8 * (unsigned long long)join->sum_size);
		if (join->clear)
			view_field(&fields, ".clear = true");
		if (join->rows)
			view_field(&fields, ".rows = true");
		view_set(view_add(view, "joins"), "braces", view_braces(&fields));
	}
}

/* The statement that an element adds to a total. */
static const char *add_to_total(const struct b2c_plan_output *out, size_t i,
				struct b2c_arena *arena)
{
	const char *total = arena_printf(arena, "%s_totals[%zu]", out->name, i);
	const char *value = view_expression(out->totals[i].value, arena);
	const char *args[] = { arena_printf(arena, "&%s", total), value };

	return out->totals[i].is_largest ? view_call("b2c_keep_larger", args, 2, arena) :
					   arena_printf(arena, "%s += %s;", total, value);
}

void view_totals(const struct b2c_plan_output *out, struct b2c_view *view)
{
	struct b2c_arena *arena = view_arena(view);
	const char **expressions = arena_alloc(arena, (out->nr_totals + 1) * sizeof(*expressions));
	size_t i;

	view_list(view, "totals");
	view_printf(view, "nr_totals", "%zu", out->nr_totals);
	for (i = 0; i < out->nr_totals; i++) {
		expressions[i] = out->totals[i].value;
		add_line(view, "totals", out->totals[i].loc, add_to_total(out, i, arena));
	}
	view_locals(out, "adds", expressions, out->nr_totals, view);
}

void view_join_calls(const struct b2c_plan_output *out, struct b2c_view *view)
{
	struct b2c_arena *arena = view_arena(view);
	size_t i;

	for (i = 0; i < out->nr_joins; i++) {
		const char *args[] = {
			"run",
			arena_printf(arena, "&%s_joins[%zu]", out->name, i),
			arena_printf(arena, "skel->maps.%s", out->joins[i].map->name),
		};

		view_set(view_add(view, "outputs"), "call",
			 view_call("b2c_join_map", args, 3, arena));
	}
}
