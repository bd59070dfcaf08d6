// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Bind, outputs: completes each kind of output from its map and the manifest. */
#include "bind_parts.h"

#include <string.h>

static void asked_columns(struct bind *b, const struct b2c_output *asked,
			  const struct bind_scope *scope, struct bind_columns *columns)
{
	size_t i;

	for (i = 0; i < asked->nr_columns; i++)
		bind_column(b, &asked->columns[i], scope,
			    arena_append(b->arena, columns->items, columns->nr));
}

static void take_columns(struct bind *b, struct b2c_plan_output *out,
			 const struct bind_columns *columns)
{
	bind_unique_keys(b, columns->items, columns->nr);
	out->columns = columns->items;
	out->nr_columns = columns->nr;
}

/* Whether a row is shown, and the header: the same for events and tables. */
static void bind_rows(struct bind *b, struct b2c_plan_output *out, const struct bind_scope *scope)
{
	if (!out->asked)
		return;
	out->no_header = out->asked->no_header;
	out->header_once = out->asked->header_once;
	out->reversed = out->asked->reversed;
	out->summary = out->asked->summary;
	out->condition = bind_expression(b, &out->asked->condition, scope);
	out->filter = bind_expression(b, &out->asked->filter, scope);
}

/* ---- events ---- */

/* Only a perf buffer, of which each CPU has one, tells who submitted a record. */
static void check_cpu(struct bind *b, const struct b2c_map *map, const struct b2c_word *word)
{
	if (!word->text || !bind_uses(word->text, "cpu") ||
	    (map->kind == B2C_MAP_PERF_OUTPUT && !map->as_ring))
		return;
	diag_report(b->diag, B2C_DIAG_manifest_column, word->loc,
		    "'%s' is a ring buffer, which does not tell the CPU of a record", map->name);
	if (map->kind == B2C_MAP_PERF_OUTPUT)
		diag_help(b->diag, "keep it a perf buffer: 'maps: {%s: {buffer: perf}}'",
			  map->name);
	else
		diag_help(b->diag, "give the record a member for bpf_get_smp_processor_id()");
}

static void check_cpus(struct bind *b, const struct b2c_plan_output *out)
{
	const struct b2c_output *asked = out->asked;
	size_t i;

	if (!asked)
		return;
	check_cpu(b, out->map, &asked->condition);
	check_cpu(b, out->map, &asked->filter);
	for (i = 0; i < asked->nr_columns; i++) {
		check_cpu(b, out->map, &asked->columns[i].value);
		check_cpu(b, out->map, &asked->columns[i].size);
		check_cpu(b, out->map, &asked->columns[i].pid);
	}
}

void bind_events(struct bind *b, struct b2c_plan_output *out)
{
	struct bind_columns columns = { .map = out->map };
	struct bind_scope scope = { 0 };

	bind_record(b, out);
	scope.event = out->event;
	bind_gather(b, out, &scope);
	if (out->asked && out->asked->nr_columns)
		asked_columns(b, out->asked, &scope, &columns);
	else
		bind_default_columns(b, out->event, "e", out->map->name, &columns);
	take_columns(b, out, &columns);
	bind_rows(b, out, &scope);
	if (out->asked && out->asked->is_trace)
		return;
	check_cpus(b, out);
	bind_share_type(b, out->event);
}

/* ---- maps ---- */

static void name_key_and_value(struct bind *b, struct b2c_plan_output *out)
{
	const struct b2c_map *map = bind_inner_map(b, out->map);
	const char *name = out->map->name;

	if (map->key)
		out->key = bind_named_type(b, map->key, arena_printf(b->arena, "%s_key", name));
	out->value = bind_named_type(b, map->value, arena_printf(b->arena, "%s_value", name));
	if (map != out->map)
		out->outer = bind_named_type(b, out->map->key,
					     arena_printf(b->arena, "%s_outer", name));
	bind_showing(b, out);
}

/* The summary of a table that has rows too goes by a name of its own. */
static void name_summary(struct bind *b, struct b2c_plan_output *out)
{
	const struct b2c_manifest *manifest = b->manifest;
	size_t i;

	if (!out->asked || !out->asked->summary)
		return;
	for (i = 0; i < manifest->nr_outputs; i++)
		if (manifest->outputs[i].kind == B2C_OUTPUT_TABLE &&
		    !manifest->outputs[i].summary &&
		    !strcmp(manifest->outputs[i].map.text, out->map->name))
			out->name = arena_printf(b->arena, "%s_summary", out->map->name);
}

uint64_t bind_sum_size(const struct b2c_type *value)
{
	uint64_t size = 0;
	size_t i;

	if (value->kind == B2C_TYPE_INT)
		return value->size == 4 || value->size == 8 ? value->size : 0;
	if (value->kind == B2C_TYPE_ARRAY)
		return bind_sum_size(value->element);
	if (value->kind != B2C_TYPE_RECORD || value->is_union || value->is_kernel)
		return 0;
	for (i = 0; i < value->nr_fields; i++) {
		uint64_t one = bind_sum_size(value->fields[i].type);

		if (!one || value->fields[i].bit_width || (size && size != one))
			return 0;
		size = one;
	}
	return size;
}

bool bind_is_percpu(const struct b2c_map *map)
{
	return map->kind == B2C_MAP_PERCPU_HASH || map->kind == B2C_MAP_PERCPU_ARRAY ||
	       map->kind == B2C_MAP_LRU_PERCPU_HASH;
}

static void bind_unit(struct bind *b, struct b2c_plan_output *out)
{
	if (!out->asked)
		return;
	out->unit = out->asked->unit.plain.text;
	out->units = bind_caption(b, &out->asked->unit);
}

/* ---- histograms ---- */

static void default_sections(struct bind *b, const struct b2c_type *key,
			     const struct b2c_member *slot, struct bind_columns *sections)
{
	size_t i;

	for (i = 0; i < key->nr_fields; i++) {
		const struct b2c_member *field = &key->fields[i];
		size_t nr = sections->nr;

		if (field == slot || !*field->name)
			continue;
		bind_default_columns(b, field->type, arena_printf(b->arena, "key.%s", field->name),
				     field->name, sections);
		for (; nr < sections->nr; nr++)
			sections->items[nr].header = field->name;
	}
}

static void histogram_sections(struct bind *b, struct b2c_plan_output *out,
			       const struct b2c_member *slot)
{
	struct bind_scope scope = { .key = out->key };
	struct bind_columns sections = { .map = out->map };

	if (out->asked && out->asked->section.value.text)
		bind_column(b, &out->asked->section, &scope,
			    arena_append(b->arena, sections.items, sections.nr));
	else if (slot)
		default_sections(b, out->key, slot, &sections);
	bind_unique_keys(b, sections.items, sections.nr);
	out->sections = sections.items;
	out->nr_sections = sections.nr;
}

void bind_histogram(struct bind *b, struct b2c_plan_output *out)
{
	const struct b2c_member *slot = NULL;

	name_key_and_value(b, out);
	out->scale = out->asked ? out->asked->scale : B2C_SCALE_LOG2;
	bind_unit(b, out);
	if (out->key->kind == B2C_TYPE_RECORD) {
		slot = bind_slot(out->key);
		if (!slot) {
			diag_report(b->diag, B2C_DIAG_manifest_map_kind, out->map->loc,
				    "the key of '%s' has no member that is the bucket",
				    out->map->name);
			diag_help(b->diag, "call the member with the bucket 'slot'");
			return;
		}
		out->slot = slot->name;
		bind_share_type(b, out->key);
	}
	histogram_sections(b, out, slot);
}

/* ---- tables ---- */

void bind_table(struct bind *b, struct b2c_plan_output *out)
{
	struct bind_columns columns = { .map = out->map };
	struct bind_scope scope;

	name_summary(b, out);
	name_key_and_value(b, out);
	scope = (struct bind_scope){ .key = out->key, .value = out->value, .outer = out->outer };
	bind_joins(b, out, &scope);
	if (out->asked && out->asked->nr_columns) {
		asked_columns(b, out->asked, &scope, &columns);
	} else {
		if (out->outer)
			bind_default_columns(b, out->outer, "outer", "outer", &columns);
		if (out->key)
			bind_default_columns(b, out->key, "key", "key", &columns);
		bind_default_columns(b, out->value, "value", "value", &columns);
	}
	take_columns(b, out, &columns);
	bind_rows(b, out, &scope);
	bind_table_rows(b, out, &scope);
	bind_totals(b, out);
	out->percpu_list = out->asked && out->asked->percpu_list;
	if (out->percpu_list && !bind_is_percpu(bind_inner_map(b, out->map)))
		diag_report(b->diag, B2C_DIAG_manifest_map_kind, out->asked->map.loc,
			    "map '%s' has no values by CPU to list", out->map->name);
	if (bind_is_percpu(bind_inner_map(b, out->map)) && !out->percpu_list)
		out->sum_size = bind_sum_size(out->value);
	if (out->outer)
		bind_share_type(b, out->outer);
	if (out->key)
		bind_share_type(b, out->key);
	bind_share_type(b, out->value);
}

/* ---- stacks ---- */

static void asked_stacks(struct bind *b, const struct b2c_output *asked,
			 const struct bind_scope *scope, struct b2c_plan_stacks *ret)
{
	struct bind_scope none = { 0 };
	struct {
		const struct b2c_word *word;
		const struct b2c_plan_column **ret;
	} items[] = {
		{ &asked->kernel, &ret->kernel }, { &asked->user, &ret->user },
		{ &asked->pid, &ret->pid },	  { &asked->comm, &ret->comm },
		{ &asked->count, &ret->count },
	};
	size_t i;

	for (i = 0; i < sizeof(items) / sizeof(items[0]); i++)
		if (items[i].word->text)
			*items[i].ret = bind_expression(b, items[i].word, scope);
	for (i = 0; i < B2C_NR_STACK_FORMS; i++)
		ret->forms[i] = bind_expression(b, &asked->forms[i], &none);
	ret->lines = bind_stack_lines(b, &asked->lines, scope);
	ret->fold = bind_stack_lines(b, &asked->fold, scope);
}

static const struct b2c_plan_column *count_of_value(struct bind *b, const struct b2c_type *value)
{
	struct b2c_plan_column *column;

	if (value->kind != B2C_TYPE_INT)
		return NULL;
	column = arena_alloc(b->arena, sizeof(*column));
	*column = bind_own_column(b, "value", "count", value);
	return column;
}

void bind_stacks(struct bind *b, struct b2c_plan_output *out)
{
	struct bind_scope scope;

	name_key_and_value(b, out);
	scope = (struct bind_scope){ .key = out->key, .value = out->value };
	out->stacks.count = count_of_value(b, out->value);
	if (out->asked)
		asked_stacks(b, out->asked, &scope, &out->stacks);
	else
		bind_stack_members(b, out->key, &out->stacks);
	if (out->asked)
		bind_stacks_rows(b, out, &scope);
	bind_unit(b, out);
	if (!out->stacks.count) {
		diag_report(b->diag, B2C_DIAG_manifest_map_kind, out->asked->map.loc,
			    "the value of '%s' is no number", out->map->name);
		diag_help(b->diag, "say which number it is: 'count: value.MEMBER'");
	}
	bind_share_type(b, out->key);
	bind_share_type(b, out->value);
}
