// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Bind, choice: which maps are shown and as what. A manifest with outputs says
 * so; else every buffer, histogram, hash and array is shown.
 */
#include "bind_parts.h"

#include <linux/bpf.h>
#include <string.h>

static const char *const output_words[] = {
	[B2C_OUTPUT_HISTOGRAM] = "histogram",
	[B2C_OUTPUT_EVENTS] = "events",
	[B2C_OUTPUT_TABLE] = "table",
	[B2C_OUTPUT_STACKS] = "stacks",
};

static const char *const kind_words[] = {
#define X(id, type, word) word,
	B2C_MAP_KINDS(X)
#undef X
};

static bool is_buffer(const struct b2c_map *map)
{
	return map->kind == B2C_MAP_PERF_OUTPUT || map->kind == B2C_MAP_RINGBUF;
}

static bool is_number(const struct b2c_type *type)
{
	return type && type->kind == B2C_TYPE_INT && (type->size == 4 || type->size == 8);
}

/* Elements that user space can go through. */
static bool has_elements(const struct b2c_map *map)
{
	switch (map->kind) {
	case B2C_MAP_HASH:
	case B2C_MAP_PERCPU_HASH:
	case B2C_MAP_LRU_HASH:
	case B2C_MAP_LRU_PERCPU_HASH:
	case B2C_MAP_ARRAY:
	case B2C_MAP_PERCPU_ARRAY:
	case B2C_MAP_LPM_TRIE:
		return map->key && map->value;
	default:
		return false;
	}
}

/* Values without keys, which reading takes out. */
static bool is_queue(const struct b2c_map *map)
{
	return (map->kind == B2C_MAP_QUEUE || map->kind == B2C_MAP_STACK) && map->value;
}

const struct b2c_map *bind_inner_map(struct bind *b, const struct b2c_map *map)
{
	size_t i;

	for (i = 0; map->inner && i < b->unit->nr_maps; i++)
		if (!strcmp(b->unit->maps[i].name, map->inner))
			return &b->unit->maps[i];
	return map;
}

/* Per-CPU values can be shown only added up. */
bool bind_can_be_table(const struct b2c_map *map)
{
	if (!has_elements(map))
		return false;
	return !bind_is_percpu(map) || bind_sum_size(map->value);
}

/* Stacks as addresses, which is what the runtime names; not those of build ids. */
static bool has_stacks(const struct b2c_map *map)
{
	return map->kind == B2C_MAP_STACK_TRACE && !(map->flags & BPF_F_STACK_BUILD_ID);
}

static const struct b2c_map *only_stack_map(const struct b2c_unit *unit)
{
	const struct b2c_map *found = NULL;
	size_t i;

	for (i = 0; i < unit->nr_maps; i++) {
		if (!has_stacks(&unit->maps[i]))
			continue;
		if (found)
			return NULL;
		found = &unit->maps[i];
	}
	return found;
}

static void complete(struct bind *b, struct b2c_plan_output *out)
{
	switch (out->kind) {
	case B2C_OUTPUT_HISTOGRAM:
		bind_histogram(b, out);
		break;
	case B2C_OUTPUT_EVENTS:
		bind_events(b, out);
		break;
	case B2C_OUTPUT_TABLE:
		bind_table(b, out);
		break;
	case B2C_OUTPUT_STACKS:
		bind_stacks(b, out);
		break;
	}
}

static void add_output(struct bind *b, const struct b2c_plan_output *out)
{
	struct b2c_plan_output *outputs = (struct b2c_plan_output *)b->plan->outputs;
	struct b2c_plan_output *added = arena_append(b->arena, outputs, b->plan->nr_outputs);

	*added = *out;
	added->name = out->map->name;
	added->is_first = true;
	b->plan->outputs = outputs;
	complete(b, added);
}

/* ---- defaults ---- */

static bool default_stacks(struct bind *b, const struct b2c_map *map)
{
	struct b2c_plan_stacks stacks = { 0 };

	if (!only_stack_map(b->unit) || !is_number(map->value))
		return false;
	bind_stack_members(b, map->key, &stacks);
	return stacks.kernel || stacks.user;
}

static bool default_kind(struct bind *b, const struct b2c_map *map, enum b2c_output_kind *ret_kind)
{
	if (map->kind == B2C_MAP_STACK_TRACE)
		return false;
	if (is_buffer(map)) {
		*ret_kind = B2C_OUTPUT_EVENTS;
		return map->event != NULL;
	}
	/* what is pinned is for others, or from them */
	if (!bind_can_be_table(map) || map->pin)
		return false;
	if (map->histogram && is_number(map->value) &&
	    (map->key->kind != B2C_TYPE_RECORD || bind_slot(map->key)))
		*ret_kind = B2C_OUTPUT_HISTOGRAM;
	else if (default_stacks(b, map))
		*ret_kind = B2C_OUTPUT_STACKS;
	else
		*ret_kind = B2C_OUTPUT_TABLE;
	return true;
}

/* Why what a map collects is not printed, or NULL where nobody expects that. */
static const char *unshown_reason(const struct b2c_map *map)
{
	if (map->pin)
		return NULL;
	if ((map->kind == B2C_MAP_QUEUE || map->kind == B2C_MAP_STACK) && !map->pops)
		return "its elements can be read only by taking them out";
	if (has_elements(map) && !bind_can_be_table(map))
		return "its values are no integers that can be added up over the CPUs";
	return NULL;
}

static void report_unshown(struct bind *b, const struct b2c_map *map)
{
	const char *reason = unshown_reason(map);

	if (!reason)
		return;
	diag_report(b->diag, B2C_DIAG_map_unshown, map->loc, "the tool does not print map '%s': %s",
		    map->name, reason);
	diag_help(b->diag, has_elements(map) ?
				   "make them integers of 4 or 8 bytes, or a struct of such" :
				   "submit the elements to a BPF_RINGBUF_OUTPUT or BPF_PERF_OUTPUT "
				   "instead, or read them in the sources that 'bcc2core emit' "
				   "writes");
}

static void default_outputs(struct bind *b)
{
	size_t i;

	for (i = 0; i < b->unit->nr_maps; i++) {
		struct b2c_plan_output out = { .map = &b->unit->maps[i] };

		if (!default_kind(b, out.map, &out.kind)) {
			report_unshown(b, out.map);
			continue;
		}
		if (out.kind == B2C_OUTPUT_STACKS)
			out.stack_map = only_stack_map(b->unit);
		add_output(b, &out);
	}
}

/* ---- what the manifest lists ---- */

static void report_kind(struct bind *b, const struct b2c_output *asked, const struct b2c_map *map,
			const char *help)
{
	diag_report(b->diag, B2C_DIAG_manifest_map_kind, asked->map.loc,
		    "map '%s' is a %s and can't be shown as '%s'", map->name,
		    map->histogram ? "histogram" : kind_words[map->kind],
		    output_words[asked->kind]);
	diag_note(b->diag, map->loc, "'%s' is declared here", map->name);
	diag_help(b->diag, "%s", help);
}

/* NULL when `map` can be shown as asked, else the way out. */
static const char *misfit(struct bind *b, const struct b2c_output *asked, const struct b2c_map *map)
{
	if (map->kind == B2C_MAP_STACK_TRACE)
		return "list the map whose key holds the stack ids as 'stacks:'";
	if (is_buffer(map) != (asked->kind == B2C_OUTPUT_EVENTS))
		return arena_printf(b->arena, "use '%s: %s'", is_buffer(map) ? "events" : "table",
				    map->name);
	if (is_buffer(map))
		return map->event ? NULL : "submit a struct to it";
	if (is_queue(map) && asked->kind == B2C_OUTPUT_TABLE)
		return NULL;
	if (map->inner && asked->kind == B2C_OUTPUT_TABLE)
		map = bind_inner_map(b, map);
	if (!has_elements(map))
		return "only hashes, arrays, tries, queues and buffers can be shown";
	if (!bind_can_be_table(map) && !(asked->percpu_list && has_elements(map)))
		return "its values are added up over the CPUs: make them integers of 4 or 8 bytes";
	if (asked->kind == B2C_OUTPUT_HISTOGRAM && !is_number(map->value))
		return arena_printf(b->arena, "use 'table: %s'", map->name);
	return NULL;
}

const struct b2c_map *bind_stack_map(struct bind *b, const struct b2c_word *word,
				     const char *what, struct b2c_loc loc)
{
	const struct b2c_map *map;

	if (!word->text) {
		map = only_stack_map(b->unit);
		if (map)
			return map;
		diag_report(b->diag, B2C_DIAG_manifest_map, loc,
			    "the stacks of '%s' could be in no map or in several", what);
		diag_help(b->diag, "name a map declared with BPF_STACK_TRACE as 'stack_map:'");
		return NULL;
	}
	map = bind_find_map(b, word);
	if (!map || has_stacks(map))
		return map;
	diag_report(b->diag, B2C_DIAG_manifest_map_kind, word->loc,
		    "map '%s' is a %s and holds no stacks", map->name, kind_words[map->kind]);
	diag_help(b->diag, "name a map declared with BPF_STACK_TRACE");
	return NULL;
}

/*
 * Functions and tables of the tool are named by map and kind. Records of one buffer may go
 * to several outputs if all but the last say which are theirs; beside the rows of a table
 * there may be its summary.
 */
static bool is_repeated(struct bind *b, const struct b2c_output *asked)
{
	const struct b2c_output *before;

	for (before = b->manifest->outputs; before < asked; before++) {
		if (before->kind != asked->kind || strcmp(before->map.text, asked->map.text) ||
		    before->condition.text || before->summary != asked->summary)
			continue;
		diag_report(b->diag, B2C_DIAG_manifest_duplicate, asked->map.loc,
			    "map '%s' is shown as '%s' twice", asked->map.text,
			    output_words[asked->kind]);
		diag_note(b->diag, before->map.loc, "the first is here");
		if (asked->kind == B2C_OUTPUT_EVENTS)
			diag_help(b->diag, "say there with 'if:' which records it shows");
		return true;
	}
	return false;
}

static void asked_output(struct bind *b, const struct b2c_output *asked)
{
	struct b2c_plan_output out = { .kind = asked->kind, .asked = asked };
	const char *help;

	out.map = asked->is_trace ? bind_trace_map(b, asked) : bind_find_map(b, &asked->map);
	if (!out.map || is_repeated(b, asked))
		return;
	help = misfit(b, asked, out.map);
	if (help) {
		report_kind(b, asked, out.map, help);
		return;
	}
	if (asked->kind == B2C_OUTPUT_STACKS) {
		out.stack_map = bind_stack_map(b, &asked->stack_map, asked->map.text,
					       asked->map.loc);
		if (!out.stack_map)
			return;
	}
	add_output(b, &out);
}

void bind_outputs(struct bind *b)
{
	const struct b2c_manifest *manifest = b->manifest;
	struct b2c_plan *plan = b->plan;
	bool by_default = !manifest->nr_outputs && !manifest->prints_trace &&
			  !manifest->lists_outputs;
	size_t i;

	for (i = 0; i < manifest->nr_outputs; i++)
		asked_output(b, &manifest->outputs[i]);
	if (by_default)
		default_outputs(b);
	plan->prints_trace = manifest->prints_trace || (by_default && b->unit->uses_trace_printk);
	plan->takes_interval = manifest->takes_interval;
	for (i = 0; i < plan->nr_outputs; i++) {
		plan->prints_maps |= plan->outputs[i].kind != B2C_OUTPUT_EVENTS;
		plan->takes_interval |= by_default && plan->outputs[i].every_interval;
	}
	plan->takes_count = manifest->takes_interval ? manifest->takes_count : plan->takes_interval;
}
