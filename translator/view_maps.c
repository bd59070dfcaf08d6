// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* View, maps: the calls that size them before the load and fill them after it. */
#include <stdlib.h>
#include <string.h>

#include "view_parts.h"

static const char *map_of(const char *name, struct b2c_arena *arena)
{
	return arena_printf(arena, "skel->maps.%s", name);
}

/* A function of the runtime for one map. */
static void add_call(struct b2c_view *view, const char *function, const struct b2c_plan_map *plan,
		     const char *first, const char *second)
{
	struct b2c_arena *arena = view_arena(view);
	const char *args[] = { "run", map_of(plan->map->name, arena), first, second };

	view_set(view_add(view, "fills"), "call",
		 view_call(function, args, second ? 4 : first ? 3 : 2, arena));
}

/* How an element of each kind is given to its function. */
static const struct {
	const char *function;
	const char *format;	/* of a name in the skeleton; NULL: a string or opt.NAME */
} item_calls[B2C_NR_FILL_KINDS] = {
	[B2C_FILL_PROGRAMS] = { "b2c_fill_program", "skel->progs.%s" },
	[B2C_FILL_CGROUPS] = { "b2c_fill_cgroup", NULL },
	[B2C_FILL_INTERFACES] = { "b2c_fill_interface", NULL },
	[B2C_FILL_MAPS] = { "b2c_fill_map", "skel->maps.%s" },
};

static const char *item_argument(enum b2c_fill_kind kind, const struct b2c_word *word,
				 struct b2c_arena *arena)
{
	const char *option = view_option_of(word);

	if (!item_calls[kind].format)
		return option ? arena_printf(arena, "opt.%s", option) :
				view_literal(word->text, arena);
	return arena_printf(arena, item_calls[kind].format, word->text);
}

static void add_items(struct b2c_view *view, const struct b2c_plan_map *plan)
{
	const struct b2c_map_rule *asked = plan->asked;
	struct b2c_arena *arena = view_arena(view);
	size_t i;

	for (i = 0; i < asked->nr_items; i++) {
		const struct b2c_fill_item *item = &asked->items[i];
		unsigned long index = strtoul(item->key.text, NULL, 0);

		add_call(view, item_calls[asked->kind].function, plan,
			 arena_printf(arena, "%lu", index),
			 item_argument(asked->kind, &item->value, arena));
	}
}

/* A text is put over what the element has. */
static void add_text(const struct b2c_fill_item *element, size_t n, struct b2c_view *item)
{
	struct b2c_view *line = view_add(item, "texts");
	struct b2c_arena *arena = view_arena(line);
	const char *place = arena_printf(arena, "elements[%zu].value%s%s", n,
					 element->member.text ? "." : "",
					 element->member.text ? element->member.text : "");
	const char *args[] = { "run", "map", place, arena_printf(arena, "sizeof(%s)", place),
			       view_expression(element->text.text, arena) };

	view_printf(line, "manifest_line", "%u", element->text.loc.line);
	view_set(line, "call", view_call("b2c_fill_text", args, 5, arena));
}

static void add_preset(const struct b2c_plan *plan, const struct b2c_plan_map *map,
		       struct b2c_view *view)
{
	struct b2c_view *item = view_add(view, "presets");
	struct b2c_arena *arena = view_arena(view);
	const char *name = map->map->name;
	bool has_texts = false;
	size_t i;

	view_set(item, "map", name);
	view_set(item, "origin",
		 view_origin(plan, arena_printf(arena, "What %s holds from the start", name),
			     map->asked->map.loc, arena));
	view_set(item, "key", view_declaration(map->key, "key", 2, arena));
	view_set(item, "value", view_declaration(map->value, "value", 2, arena));
	view_list(item, "elements");
	view_list(item, "texts");
	for (i = 0; i < map->asked->nr_items; i++) {
		const struct b2c_fill_item *element = &map->asked->items[i];
		const struct b2c_word *value = &element->value;
		struct b2c_view *line = view_add(item, "elements");

		view_printf(line, "manifest_line", "%u", element->key.loc.line);
		view_set(line, "element_key", view_expression(element->key.text, arena));
		view_set(line, "element_value",
			 value->text ? view_expression(value->text, arena) : NULL);
		if (element->text.text)
			add_text(element, i, item);
		has_texts |= element->text.text != NULL;
	}
	view_flag(item, "has_texts", has_texts);
	add_call(view, arena_printf(arena, "preset_%s", name), map, NULL, NULL);
}

/* The elements of a list that are numbers are converted to the key's type. */
static void add_keys(const struct b2c_plan *plan, const struct b2c_plan_map *map,
		     struct b2c_view *view)
{
	const struct b2c_map_rule *asked = map->asked;
	struct b2c_arena *arena = view_arena(view);
	struct b2c_view *item = view_add(view, "preset_lists");
	const char *option = view_option_of(&asked->keys), *name = map->map->name;
	bool is_number = map->key->kind == B2C_TYPE_INT;

	view_set(item, "map", name);
	view_set(item, "origin",
		 view_origin(plan, arena_printf(arena, "What %s holds from the start", name),
			     asked->map.loc, arena));
	view_set(item, "option", option);
	view_set(item, "key_type", is_number ? view_type_name(map->key, arena) : NULL);
	view_printf(item, "key", is_number ? "&key" : "&opt.%s[i]", option);
	view_printf(item, "key_size", is_number ? "key" : "opt.%s[0]", option);
	view_set(item, "value", view_declaration(map->value, "value", 1, arena));
	view_printf(item, "manifest_line", "%u", asked->value.loc.line);
	view_set(item, "expression", view_expression(asked->value.text, arena));
	add_call(view, arena_printf(arena, "preset_%s", name), map, NULL, NULL);
}

static void add_fills(const struct b2c_plan *plan, const struct b2c_plan_map *map,
		      struct b2c_view *view)
{
	const struct b2c_map_rule *asked = map->asked;
	struct b2c_arena *arena = view_arena(view);
	size_t i;

	switch (asked->kind) {
	case B2C_FILL_PERF_EVENT:
		add_call(view, "b2c_fill_counters", map, view_literal(asked->event.text, arena),
			 NULL);
		break;
	case B2C_FILL_CPUS:
		for (i = 0; i < asked->nr_items; i++)
			add_call(view, "b2c_fill_cpu", map, asked->items[i].value.text,
				 arena_printf(arena, "%llu", (unsigned long long)asked->queue));
		break;
	case B2C_FILL_PRESET:
		if (asked->keys.text)
			add_keys(plan, map, view);
		else
			add_preset(plan, map, view);
		break;
	case B2C_FILL_MAPS:
		if (asked->nr_maps)
			add_call(view, "b2c_fill_maps", map, map_of(map->map->inner, arena),
				 arena_printf(arena, "%llu", (unsigned long long)asked->nr_maps));
		else
			add_items(view, map);
		break;
	default:
		add_items(view, map);
	}
}

static void add_size(const struct b2c_plan_map *map, struct b2c_view *view)
{
	struct b2c_arena *arena = view_arena(view);
	const char *args[] = { "run", map_of(map->map->name, arena),
			       view_expression(map->asked->entries.text, arena) };

	view_set(view_add(view, "map_sizes"), "call", view_call("b2c_map_entries", args, 3, arena));
}

/* Of ring buffers that stand for a perf buffer on each CPU. */
static void add_ring(const struct b2c_map *map, struct b2c_view *view)
{
	struct b2c_arena *arena = view_arena(view);
	const char *args[] = { "run", map_of(map->name, arena) };

	view_set(view_add(view, "map_sizes"), "call",
		 view_call("b2c_ring_for_cpus", args, 2, arena));
}

void view_maps(const struct b2c_plan *plan, struct b2c_view *view)
{
	size_t i;

	view_list(view, "map_sizes");
	view_list(view, "fills");
	view_list(view, "presets");
	view_list(view, "preset_lists");
	for (i = 0; i < plan->unit->nr_maps; i++)
		if (plan->unit->maps[i].as_ring)
			add_ring(&plan->unit->maps[i], view);
	for (i = 0; i < plan->nr_maps; i++) {
		if (plan->maps[i].asked->entries.text)
			add_size(&plan->maps[i], view);
		add_fills(plan, &plan->maps[i], view);
	}
}
