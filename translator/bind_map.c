// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Bind, maps: what the tool puts into them before it attaches anything. Each way of
 * filling fits some kinds of maps; kinds that only user space can fill and that
 * nothing fills are warned of.
 */
#include "bind_parts.h"

#include <stdlib.h>
#include <string.h>

static const char *const kind_words[] = {
#define X(id, type, word) word,
	B2C_MAP_KINDS(X)
#undef X
};

static const char *const fill_words[] = {
	"entries",
#define X(id, word) word,
	B2C_FILL_KINDS(X)
#undef X
};

#define MAP(id) (1u << B2C_MAP_##id)
#define MAPS_TABLE \
	(MAP(HASH) | MAP(PERCPU_HASH) | MAP(LRU_HASH) | MAP(LRU_PERCPU_HASH) | MAP(ARRAY) | \
	 MAP(PERCPU_ARRAY) | MAP(LPM_TRIE))
#define MAPS_DESCRIPTORS \
	(MAP(PROG_ARRAY) | MAP(PERF_ARRAY) | MAP(CGROUP_ARRAY) | MAP(ARRAY_OF_MAPS) | \
	 MAP(HASH_OF_MAPS) | MAP(DEVMAP) | MAP(CPUMAP) | MAP(XSKMAP))

/* The kinds that each way fits. */
static const uint32_t fits[B2C_NR_FILL_KINDS] = {
	[B2C_FILL_NONE] = MAPS_TABLE | MAPS_DESCRIPTORS | MAP(STACK_TRACE) | MAP(QUEUE) |
			  MAP(STACK) | MAP(SOCKMAP) | MAP(SOCKHASH),
	[B2C_FILL_PROGRAMS] = MAP(PROG_ARRAY),
	[B2C_FILL_PERF_EVENT] = MAP(PERF_ARRAY),
	[B2C_FILL_CGROUPS] = MAP(CGROUP_ARRAY),
	[B2C_FILL_INTERFACES] = MAP(DEVMAP),
	[B2C_FILL_CPUS] = MAP(CPUMAP),
	[B2C_FILL_MAPS] = MAP(ARRAY_OF_MAPS) | MAP(HASH_OF_MAPS),
	[B2C_FILL_PRESET] = MAPS_TABLE,
};

const struct b2c_map *bind_find_map(struct bind *b, const struct b2c_word *word)
{
	const char **names = NULL, *nearest;
	size_t i, nr = 0;

	for (i = 0; i < b->unit->nr_maps; i++) {
		if (!strcmp(b->unit->maps[i].name, word->text))
			return &b->unit->maps[i];
		*arena_append(b->arena, names, nr) = b->unit->maps[i].name;
	}
	diag_report(b->diag, B2C_DIAG_manifest_map, word->loc, "the program has no map '%s'",
		    word->text);
	nearest = diag_nearest(word->text, names, nr);
	if (nearest)
		diag_help(b->diag, "did you mean '%s'?", nearest);
	return NULL;
}

bool bind_is_called(const struct b2c_manifest *manifest, const char *program)
{
	size_t i, k;

	for (i = 0; i < manifest->nr_maps; i++) {
		const struct b2c_map_rule *rule = &manifest->maps[i];

		for (k = 0; rule->kind == B2C_FILL_PROGRAMS && k < rule->nr_items; k++)
			if (!strcmp(rule->items[k].value.text, program))
				return true;
	}
	return false;
}

/* ---- what fits a map ---- */

/* The ways that fill a map of this kind, or how else it can be used. */
static const char *way_out(struct bind *b, const struct b2c_map *map)
{
	const char *words = NULL;
	size_t i;

	if (map->kind == B2C_MAP_XSKMAP)
		return "AF_XDP sockets need rings and memory that only a program of its own "
		       "sets up; pin the map and fill it from there";
	for (i = B2C_FILL_NONE + 1; i < B2C_NR_FILL_KINDS; i++)
		if (fits[i] >> map->kind & 1)
			words = words ? arena_printf(b->arena, "%s, %s", words, fill_words[i]) :
					fill_words[i];
	return words ? arena_printf(b->arena, "what fits is: %s", words) :
		       "programs fill it, not the tool";
}

static void report_misfit(struct bind *b, const struct b2c_map *map,
			  const struct b2c_map_rule *rule)
{
	diag_report(b->diag, B2C_DIAG_manifest_map_kind, rule->map.loc,
		    "map '%s' is a %s and takes no '%s'", map->name,
		    map->histogram ? "histogram" : kind_words[map->kind], fill_words[rule->kind]);
	diag_note(b->diag, map->loc, "'%s' is declared here", map->name);
	diag_help(b->diag, "%s",
		  rule->kind ? way_out(b, map) : "its size is no number of elements");
}

/* ---- elements ---- */

static void check_program(struct bind *b, const struct b2c_word *word)
{
	const char **names = NULL, *nearest;
	size_t i, nr = 0;

	for (i = 0; i < b->unit->nr_programs; i++) {
		if (!strcmp(b->unit->programs[i].name, word->text))
			return;
		*arena_append(b->arena, names, nr) = b->unit->programs[i].name;
	}
	diag_report(b->diag, B2C_DIAG_manifest_function, word->loc,
		    "the program has no function '%s' that can be called by a map", word->text);
	nearest = diag_nearest(word->text, names, nr);
	if (nearest)
		diag_help(b->diag, "did you mean '%s'?", nearest);
	else
		diag_help(b->diag, "its parameter is the context of the programs that call it, "
				   "such as 'struct pt_regs *ctx'");
}

/* The option behind "opt.NAME"; NULL for any other text. */
static const struct b2c_option *option_of(struct bind *b, const struct b2c_word *word)
{
	const char *name = word->text;
	size_t i, n;

	if (strncmp(name, "opt.", 4) != 0)
		return NULL;
	name += 4;
	for (i = 0; i < b->manifest->nr_options; i++) {
		const char *option = b->manifest->options[i].name.text;

		for (n = 0; option[n] && (option[n] == '-' ? '_' : option[n]) == name[n]; n++)
			;
		if (!option[n] && !name[n])
			return &b->manifest->options[i];
	}
	return NULL;
}

static void check_place(struct bind *b, const struct b2c_word *word)
{
	const struct b2c_option *option = option_of(b, word);

	if (!option || ((option->type == B2C_OPTION_STRING || option->type == B2C_OPTION_PATH) &&
			!option->list))
		return;
	diag_report(b->diag, B2C_DIAG_manifest_type, word->loc, "'%s' is no text", word->text);
	diag_note(b->diag, option->name.loc, "'%s' is declared here", option->name.text);
}

/* Maps of maps hold maps that look like their inner one. */
static void check_inner(struct bind *b, const struct b2c_map *outer, const struct b2c_word *word)
{
	const struct b2c_map *inner = bind_find_map(b, word);

	if (!inner || !outer->inner || !strcmp(inner->name, outer->inner))
		return;
	for (size_t i = 0; i < b->unit->nr_maps; i++) {
		const struct b2c_map *form = &b->unit->maps[i];

		if (strcmp(form->name, outer->inner) != 0 || form->kind == inner->kind)
			continue;
		diag_report(b->diag, B2C_DIAG_manifest_map_kind, word->loc,
			    "map '%s' is a %s and not a %s like '%s'", inner->name,
			    kind_words[inner->kind], kind_words[form->kind], form->name);
	}
}

/* Indices count from 0; a hash of maps has keys of its own. */
static bool check_index(struct bind *b, const struct b2c_plan_map *plan,
			const struct b2c_fill_item *item)
{
	const struct b2c_map *map = plan->map;
	unsigned long long index;
	char *end;

	if (plan->asked->kind == B2C_FILL_PRESET)
		return true;
	index = strtoull(item->key.text, &end, 0);
	if (!*item->key.text || *end || item->key.text[0] == '-' || index > UINT32_MAX) {
		diag_report(b->diag, B2C_DIAG_manifest_value, item->key.loc,
			    "'%s' is no index of map '%s'", item->key.text, map->name);
		return false;
	}
	if (map->kind == B2C_MAP_HASH_OF_MAPS || plan->asked->entries.text ||
	    index < map->max_entries)
		return true;
	diag_report(b->diag, B2C_DIAG_manifest_value, item->key.loc,
		    "map '%s' has the elements 0 to %llu, not %llu", map->name,
		    (unsigned long long)map->max_entries - 1, index);
	diag_note(b->diag, map->loc, "'%s' is declared here", map->name);
	return false;
}

static bool check_repeated(struct bind *b, const struct b2c_map_rule *rule, size_t n)
{
	const char *key = rule->items[n].key.text;
	size_t i;

	for (i = 0; i < n; i++) {
		const char *other = rule->items[i].key.text;
		bool same = rule->kind == B2C_FILL_PRESET ?
			!strcmp(key, other) : strtoull(key, NULL, 0) == strtoull(other, NULL, 0);

		if (!same)
			continue;
		diag_report(b->diag, B2C_DIAG_manifest_duplicate, rule->items[n].key.loc,
			    "element '%s' is given twice", key);
		diag_note(b->diag, rule->items[i].key.loc, "it is given here first");
		return false;
	}
	return true;
}

static void check_item(struct bind *b, const struct b2c_plan_map *plan, size_t n)
{
	const struct b2c_fill_item *item = &plan->asked->items[n];

	if (!check_index(b, plan, item) || !check_repeated(b, plan->asked, n))
		return;
	switch (plan->asked->kind) {
	case B2C_FILL_PROGRAMS:
		check_program(b, &item->value);
		break;
	case B2C_FILL_CGROUPS:
	case B2C_FILL_INTERFACES:
		check_place(b, &item->value);
		break;
	case B2C_FILL_MAPS:
		check_inner(b, plan->map, &item->value);
		break;
	default:
		break;
	}
}

/* ---- presets ---- */

static bool has_padding(const struct b2c_type *type)
{
	uint64_t bits = 0;
	size_t i;

	if (type->kind == B2C_TYPE_ARRAY)
		return has_padding(type->element);
	if (type->kind != B2C_TYPE_RECORD)
		return false;
	for (i = 0; i < type->nr_fields; i++) {
		const struct b2c_member *field = &type->fields[i];

		if (has_padding(field->type))
			return true;
		if (type->is_union)
			bits = field->type->size * 8 > bits ? field->type->size * 8 : bits;
		else
			bits += field->bit_width ? field->bit_width : field->type->size * 8;
	}
	return bits != type->size * 8;
}

/* The kernel compares all bytes of a key; those between its members are nobody's. */
static bool check_key(struct bind *b, const struct b2c_map *map, const struct b2c_word *word)
{
	if (!has_padding(map->key))
		return true;
	diag_report(b->diag, B2C_DIAG_manifest_map_kind, word->loc,
		    "the key of map '%s' has padding, which an element of 'preset' can't set",
		    map->name);
	diag_note(b->diag, map->loc, "'%s' is declared here", map->name);
	diag_help(b->diag, "give '%s' a member for each of its bytes", map->key->spelling);
	return false;
}

/* Bytes of an element of a list that is no number; 0 for one that is. */
static uint64_t element_size(const struct b2c_option *option)
{
	static const uint64_t sizes[B2C_NR_OPTION_TYPES] = {
		[B2C_OPTION_IP6] = 16, [B2C_OPTION_NET4] = 8, [B2C_OPTION_NET6] = 20,
		[B2C_OPTION_COMM] = 16,
	};

	return option->type == B2C_OPTION_STRING ? option->size : sizes[option->type];
}

/* Elements of a list are numbers or bytes, as keys are. */
static void check_keys(struct bind *b, const struct b2c_map *map, const struct b2c_word *word)
{
	const struct b2c_option *option = option_of(b, word);
	uint64_t size = option ? element_size(option) : 0;

	if (!option || !option->list || option->type == B2C_OPTION_FLOAT) {
		diag_report(b->diag, B2C_DIAG_manifest_type, word->loc,
			    "'%s' is no list of an option that can be keys", word->text);
		diag_help(b->diag, "declare an option with 'list: N' and write 'keys: opt.NAME'");
		return;
	}
	if (size ? map->key->size == size : map->key->kind == B2C_TYPE_INT)
		return;
	diag_report(b->diag, B2C_DIAG_manifest_map_kind, word->loc,
		    "the key of map '%s' has %llu bytes and can't be an element of '%s'", map->name,
		    (unsigned long long)map->key->size, word->text);
	diag_note(b->diag, map->loc, "'%s' is declared here", map->name);
	diag_note(b->diag, option->name.loc, "'%s' is declared here", option->name.text);
}

/* A text is put into an array of characters. */
static void check_text(struct bind *b, const struct b2c_map *map, const struct b2c_fill_item *item)
{
	const struct b2c_type *type = map->value;
	const struct b2c_member *member;

	if (item->member.text) {
		member = bind_member(type, item->member.text, strlen(item->member.text));
		type = member ? member->type : NULL;
	}
	if (type && type->kind == B2C_TYPE_STRING)
		return;
	diag_report(b->diag, B2C_DIAG_manifest_map_kind,
		    item->member.text ? item->member.loc : item->text.loc,
		    "%s of map '%s' has no room for a text: it is no array of characters",
		    item->member.text ? arena_printf(b->arena, "'%s'", item->member.text)
				      : "the value", map->name);
	diag_note(b->diag, map->loc, "'%s' is declared here", map->name);
	diag_help(b->diag, "name such an array of the value's record: 'member: NAME'");
}

static void bind_preset(struct bind *b, struct b2c_plan_map *plan)
{
	const struct b2c_map *map = plan->map;
	const char *name = map->name;
	size_t i;

	if (plan->asked->keys.text)
		check_keys(b, map, &plan->asked->keys);
	else if (!check_key(b, map, &plan->asked->map))
		return;
	for (i = 0; i < plan->asked->nr_items; i++)
		if (plan->asked->items[i].text.text)
			check_text(b, map, &plan->asked->items[i]);
	plan->key = bind_named_type(b, map->key, arena_printf(b->arena, "%s_key", name));
	plan->value = bind_named_type(b, map->value, arena_printf(b->arena, "%s_value", name));
	bind_share_type(b, plan->key);
	bind_share_type(b, plan->value);
}

/* ---- all ---- */

static void check_entries(struct bind *b, const struct b2c_word *word)
{
	const struct b2c_option *option = word->text ? option_of(b, word) : NULL;

	if (!option || (option->type == B2C_OPTION_U32 && !option->list))
		return;
	diag_report(b->diag, B2C_DIAG_manifest_type, word->loc,
		    "'%s' must be an option of type 'u32' to be a number of elements", word->text);
	diag_note(b->diag, option->name.loc, "'%s' is declared here", option->name.text);
}

/* The frontend has chosen the form by it. */
static void check_buffer(struct bind *b, const struct b2c_map *map, const struct b2c_word *word)
{
	if (!word->text || map->kind == B2C_MAP_PERF_OUTPUT)
		return;
	diag_report(b->diag, B2C_DIAG_manifest_map_kind, word->loc,
		    "map '%s' is a %s and takes no 'buffer'", map->name,
		    map->histogram ? "histogram" : kind_words[map->kind]);
	diag_note(b->diag, map->loc, "'%s' is declared here", map->name);
	diag_help(b->diag, "'buffer' is for maps that BPF_PERF_OUTPUT declares");
}

static void add_map(struct bind *b, const struct b2c_map_rule *rule)
{
	struct b2c_plan_map *maps = (struct b2c_plan_map *)b->plan->maps, *plan;
	const struct b2c_map *map;
	size_t i;

	if (bind_is_elsewhere(b, rule->map.text))
		return;
	map = bind_find_map(b, &rule->map);
	if (!map)
		return;
	check_buffer(b, map, &rule->buffer);
	if (!rule->kind && !rule->entries.text)
		return;
	if (!(fits[rule->kind] >> map->kind & 1)) {
		report_misfit(b, map, rule);
		return;
	}
	plan = arena_append(b->arena, maps, b->plan->nr_maps);
	b->plan->maps = maps;
	*plan = (struct b2c_plan_map){ .map = map, .asked = rule };
	check_entries(b, &rule->entries);
	for (i = 0; i < rule->nr_items; i++)
		check_item(b, plan, i);
	if (rule->kind == B2C_FILL_PRESET)
		bind_preset(b, plan);
}

static bool is_filled(const struct b2c_plan *plan, const struct b2c_map *map)
{
	size_t i;

	for (i = 0; i < plan->nr_maps; i++)
		if (plan->maps[i].map == map && plan->maps[i].asked->kind)
			return true;
	return map->pin != NULL;
}

static void report_unfilled(struct bind *b, const struct b2c_map *map)
{
	diag_report(b->diag, B2C_DIAG_map_unfilled, map->loc,
		    "nothing fills map '%s': only user space can, for kind '%s'", map->name,
		    kind_words[map->kind]);
	if (map->kind != B2C_MAP_XSKMAP)
		diag_help(b->diag, "say what does under 'maps' in the manifest; %s",
			  way_out(b, map));
	else
		diag_help(b->diag, "%s", way_out(b, map));
}

void bind_maps(struct bind *b)
{
	size_t i, errors = diag_count(b->diag, B2C_ERROR);

	for (i = 0; i < b->manifest->nr_maps; i++)
		add_map(b, &b->manifest->maps[i]);
	if (diag_count(b->diag, B2C_ERROR) > errors)
		return;
	for (i = 0; i < b->unit->nr_maps; i++)
		if (MAPS_DESCRIPTORS >> b->unit->maps[i].kind & 1 &&
		    !is_filled(b->plan, &b->unit->maps[i]))
			report_unfilled(b, &b->unit->maps[i]);
}
