// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Bind, derived values of tables: what they read from other maps, and what they
 * compare with a sum over all elements.
 */
#include "bind_parts.h"

#include <string.h>

#include "ctoken.h"
#include "text.h"

/* ---- joins ---- */

static void report_key(struct bind *b, const struct b2c_join *asked, const struct b2c_map *map,
		       const struct b2c_type *got)
{
	diag_report(b->diag, B2C_DIAG_manifest_column, asked->key.loc,
		    "the key of '%s' is a '%s', not a '%s'", map->name, map->key->spelling,
		    got->spelling);
	diag_note(b->diag, map->loc, "'%s' is declared here", map->name);
}

static bool is_number(const struct b2c_type *type)
{
	return type->kind == B2C_TYPE_INT || type->kind == B2C_TYPE_POINTER;
}

/* A number is converted; all else must be a path to what has the key's size. */
static bool key_fits(const struct b2c_type *key, const struct b2c_type *got)
{
	if (is_number(key))
		return !got || is_number(got);
	return got && got->kind == key->kind && got->size == key->size;
}

/* Whether what a join alone has can be rows of its table; if not, after a report. */
static bool can_have_rows(struct bind *b, const struct b2c_join *asked,
			  const struct b2c_map *map, const struct b2c_plan_output *out)
{
	const struct b2c_type *key = out->map->key;

	if (!strcmp(asked->key.text, "key") && out->map != map && !out->asked->summary &&
	    !out->asked->percpu_list && key && key->kind == map->key->kind &&
	    key->size == map->key->size)
		return true;
	diag_report(b->diag, B2C_DIAG_manifest_column, asked->key.loc,
		    "entries of '%s' can't be rows of '%s'", map->name, out->map->name);
	diag_help(b->diag, "'rows' needs the same keys in another map and 'key: key', and neither "
			   "'summary' nor 'percpu: list'");
	return false;
}

static void bind_join(struct bind *b, const struct b2c_join *asked, const struct bind_scope *scope,
		      struct b2c_plan_output *out)
{
	struct b2c_plan_join *joins = (struct b2c_plan_join *)out->joins, join = { 0 };
	const struct b2c_map *map = bind_find_map(b, &asked->map);

	if (!map)
		return;
	if (!bind_can_be_table(map) || map->key->kind == B2C_TYPE_ARRAY ||
	    map->key->kind == B2C_TYPE_STRING) {
		diag_report(b->diag, B2C_DIAG_manifest_map_kind, asked->map.loc,
			    "map '%s' can't be read by a key", map->name);
		diag_note(b->diag, map->loc, "'%s' is declared here", map->name);
		diag_help(b->diag, "join a hash or array whose key is a number or a struct");
		return;
	}
	join.map = map;
	join.name = asked->name.text;
	join.clear = asked->clear;
	join.rows = asked->rows;
	join.key = bind_expression(b, &asked->key, scope);
	if (!key_fits(map->key, join.key->of)) {
		report_key(b, asked, map, join.key->of ? join.key->of : map->value);
		return;
	}
	if (join.rows && !can_have_rows(b, asked, map, out))
		return;
	join.key_type = bind_named_type(b, map->key, arena_printf(b->arena, "%s_key", map->name));
	join.value_type =
		bind_named_type(b, map->value, arena_printf(b->arena, "%s_value", map->name));
	bind_share_type(b, join.key_type);
	bind_share_type(b, join.value_type);
	if (bind_is_percpu(map))
		join.sum_size = bind_sum_size(map->value);
	*arena_append(b->arena, joins, out->nr_joins) = join;
	out->joins = joins;
}

void bind_joins(struct bind *b, struct b2c_plan_output *out, struct bind_scope *scope)
{
	const struct bind_scope own = *scope;
	size_t i;

	for (i = 0; out->asked && i < out->asked->nr_joins; i++)
		bind_join(b, &out->asked->joins[i], &own, out);
	scope->joins = out->joins;
	scope->nr_joins = out->nr_joins;
}

/* ---- total(EXPRESSION), largest(EXPRESSION) ---- */

static size_t total_index(struct bind *b, struct b2c_plan_output *out, const char *text,
			  bool is_largest, struct b2c_loc loc)
{
	struct b2c_plan_column *totals = (struct b2c_plan_column *)out->totals;
	size_t i;

	for (i = 0; i < out->nr_totals; i++)
		if (!strcmp(totals[i].value, text) && totals[i].is_largest == is_largest)
			return i;
	*arena_append(b->arena, totals, out->nr_totals) = (struct b2c_plan_column){
		.header = "", .key = "", .precision = -1, .value = text, .loc = loc,
		.is_largest = is_largest,
	};
	out->totals = totals;
	return i;
}

/* Bytes from the parenthesis at `open` to the one that closes it; 0: none does. */
static size_t parenthesis(const char *open)
{
	enum ctoken token;
	size_t at, depth = 0;

	for (at = 0; open[at]; at += ctoken_length(open + at, &token)) {
		depth += open[at] == '(';
		if (open[at] == ')' && !--depth)
			return at + 1;
	}
	return 0;
}

/* Bytes of a call of one of them at `text`, where a word of `n` bytes is; 0: it is another. */
static size_t total_call(const char *text, size_t n)
{
	size_t blanks = strspn(text + n, " "), size = 0;

	if (!(n == 5 && !memcmp(text, "total", 5)) && !(n == 7 && !memcmp(text, "largest", 7)))
		return 0;
	if (text[n + blanks] == '(')
		size = parenthesis(text + n + blanks);
	return size ? n + blanks + size : 0;
}

/* The expression with "MAP_totals[N]" for each of these; itself if it has none. */
static const char *without_totals(struct bind *b, struct b2c_plan_output *out, const char *text,
				  struct b2c_loc loc)
{
	struct b2c_text copy = { 0 };
	const char *p, *open, *result, *argument;
	bool is_member = false;
	enum ctoken token;
	size_t n, size;

	for (p = text; *p; p += n) {
		n = ctoken_length(p, &token);
		size = 0;
		if (token == CTOKEN_IDENTIFIER && !is_member)
			size = total_call(p, n);
		is_member = *p == '.' || (*p == '>' && p > text && p[-1] == '-');
		if (!size) {
			text_append_n(&copy, p, n);
			continue;
		}
		n = size;
		open = strchr(p, '(');
		argument = arena_strndup(b->arena, open + 1, (size_t)(p + n - open) - 2);
		text_printf(&copy, "%s_totals[%zu]", out->name,
			    total_index(b, out, argument, *p == 'l', loc));
	}
	result = arena_strdup(b->arena, text_string(&copy));
	text_free(&copy);
	return result;
}

void bind_totals(struct bind *b, struct b2c_plan_output *out)
{
	struct b2c_plan_column *columns = (struct b2c_plan_column *)out->columns;
	struct b2c_plan_column *sort = (struct b2c_plan_column *)out->sort;
	size_t i;

	for (i = 0; i < out->nr_columns; i++)
		if (columns[i].loc.line)
			columns[i].value = without_totals(b, out, columns[i].value, columns[i].loc);
	if (sort && sort->loc.line)
		sort->value = without_totals(b, out, sort->value, sort->loc);
}
