// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * `maps` of a manifest: what the tool puts into maps before anything is attached,
 * and how many elements they have. Elements stand in a list, whose indices count
 * from 0, or in a mapping whose keys are the map's.
 */
#include "manifest_parts.h"

#include <string.h>

#define FILL(id) (1u << B2C_FILL_##id)
#define MEMBER(name) .offset = offsetof(struct b2c_map_rule, name)

static void add_item(const struct value *value, struct b2c_map_rule *rule,
		     const struct b2c_fill_item *item)
{
	struct b2c_fill_item *items = (struct b2c_fill_item *)rule->items;

	*arena_append(value->reader->arena, items, rule->nr_items) = *item;
	rule->items = items;
}

/* One of a list: its index is its place. */
static void read_place(const struct value *value, void *ret_rule)
{
	struct b2c_map_rule *rule = ret_rule;
	struct b2c_fill_item item = { .loc = value->loc };

	item.key.text = arena_printf(value->reader->arena, "%zu", rule->nr_items);
	item.key.loc = value->loc;
	read_line(value, &item.value);
	if (item.value.text)
		add_item(value, rule, &item);
}

static void report_empty(const struct value *value)
{
	diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc, "'%s' is empty",
		    value->key);
}

/* One of a mapping: its key is its index. */
static void read_pair(const struct value *value, struct b2c_word key, void *ret_rule)
{
	struct b2c_map_rule *rule = ret_rule;
	struct b2c_fill_item item = { .key = key, .loc = key.loc };

	read_line(value, &item.value);
	if (item.value.text)
		add_item(value, rule, &item);
}

static bool is_empty(const yaml_node_t *node)
{
	if (node->type == YAML_SEQUENCE_NODE)
		return node->data.sequence.items.start == node->data.sequence.items.top;
	return node->type == YAML_MAPPING_NODE &&
	       node->data.mapping.pairs.start == node->data.mapping.pairs.top;
}

static void read_items(const struct value *value, void *ret_rule)
{
	if (is_empty(value->node))
		report_empty(value);
	else if (value->node->type == YAML_SEQUENCE_NODE)
		reader_list(value, read_place, ret_rule);
	else if (value->node->type == YAML_MAPPING_NODE)
		reader_entries(value, read_pair, ret_rule);
	else
		reader_wrong_type(value, "a list or a mapping");
}

static const struct rule line_rule = { .key = "item", .read = read_line };
static const struct form line_form = { FORM_RULE, .rule = &line_rule };
static const struct form pairs_form = { FORM_WORDS, .of = &line_form, .least = 1 };
static const struct form items_form = {
	FORM_LIST, .of = &line_form, .least = 1, .or = &pairs_form,
};

static const struct rule nr_maps_rule = {
	.key = "maps", .read = read_u64, .min = 1, .max = 65536,
};
static const struct form inner_form = { FORM_RULE, .rule = &nr_maps_rule, .or = &items_form };

/* A number of maps without names, or the names of maps. */
static void read_inner(const struct value *value, void *ret_rule)
{
	struct b2c_map_rule *rule = ret_rule;
	struct value number = *value;

	if (value->node->type != YAML_SCALAR_NODE) {
		read_items(value, ret_rule);
		return;
	}
	number.rule = &nr_maps_rule;
	read_u64(&number, &rule->nr_maps);
}

static const struct rule cpu_rule = { .key = "cpus", .read = read_u64, .max = 65535 };
static const struct form cpu_form = { FORM_RULE, .rule = &cpu_rule };
static const struct form cpus_form = { FORM_LIST, .of = &cpu_form, .least = 1 };

/* CPUs are numbers, which are the keys too. */
static void read_cpu(const struct value *value, void *ret_rule)
{
	struct b2c_fill_item item = { .loc = value->loc };
	struct value number = *value;
	uint64_t cpu = UINT64_MAX;

	number.rule = &cpu_rule;
	read_u64(&number, &cpu);
	if (cpu == UINT64_MAX)
		return;
	item.key.text = arena_printf(value->reader->arena, "%llu", (unsigned long long)cpu);
	item.key.loc = value->loc;
	item.value = item.key;
	add_item(value, ret_rule, &item);
}

static void read_cpus(const struct value *value, void *ret_rule)
{
	if (reader_list(value, read_cpu, ret_rule) && is_empty(value->node))
		report_empty(value);
}

static const struct rule event_rules[] = {
	{ .key = "software", .read = read_choice_word, MEMBER(event),
	  .choices = manifest_software_events },
	{ .key = "hardware", .read = read_choice_word, MEMBER(event),
	  .choices = manifest_hardware_events },
};

static const struct group event_groups[] = { { .first = "software", .nr = 2 }, { .nr = 0 } };
static const struct shape event_shape = {
	.noun = "a counter", .id = "counter", .rules = event_rules, .nr_rules = 2,
	.groups = event_groups,
};
static const struct form event_form = { FORM_SHAPE, .shape = &event_shape };

static void read_event(const struct value *value, void *ret_rule)
{
	reader_mapping(value, &event_shape, ret_rule);
}

/* ---- preset ---- */

#define ITEM(name) .offset = offsetof(struct b2c_fill_item, name)

static const struct rule item_rules[] = {
	{ .key = "key", .read = read_expression, ITEM(key), .required = true },
	{ .key = "value", .read = read_expression, ITEM(value) },
	{ .key = "text", .read = read_expression, ITEM(text) },
	{ .key = "member", .read = read_identifier, ITEM(member) },
};

/* A text can stand beside a value: it is then put over it. */
static const struct group item_groups[] = {
	{ .first = "value", .nr = 2, .several = true }, { .nr = 0 },
};
static const struct shape item_shape = {
	.noun = "an element", .id = "element", .rules = item_rules, .nr_rules = 4,
	.groups = item_groups,
};
static const struct form element_form = { FORM_SHAPE, .shape = &item_shape };

static void read_element(const struct value *value, void *ret_rule)
{
	struct b2c_fill_item item = { .loc = value->loc };

	if (!reader_mapping(value, &item_shape, &item) || !item.key.text)
		return;
	if (item.member.text && !item.text.text) {
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, item.member.loc,
			    "'member' belongs to a 'text'");
		return;
	}
	if (item.value.text || item.text.text)
		add_item(value, ret_rule, &item);
}

static const struct rule keys_rules[] = {
	{ .key = "keys", .read = read_expression, MEMBER(keys), .required = true },
	{ .key = "value", .read = read_expression, MEMBER(value), .required = true },
};

static const struct shape preset_shape = {
	.noun = "a preset", .id = "preset", .rules = keys_rules, .nr_rules = 2,
};
static const struct form elements_form = { FORM_LIST, .of = &element_form, .least = 1 };
static const struct form preset_form = {
	FORM_SHAPE, .shape = &preset_shape, .or = &elements_form,
};

static void read_preset(const struct value *value, void *ret_rule)
{
	if (value->node->type == YAML_MAPPING_NODE)
		reader_mapping(value, &preset_shape, ret_rule);
	else if (value->node->type != YAML_SEQUENCE_NODE)
		reader_wrong_type(value, "a list of elements, or a mapping of 'keys' and 'value'");
	else if (is_empty(value->node))
		report_empty(value);
	else
		reader_list(value, read_element, ret_rule);
}

/* ---- one map ---- */

static const struct rule entries_rule = {
	.key = "entries", .read = read_u64, .min = 1, .max = UINT32_MAX,
};
static const struct form entries_of_form = { FORM_TEXT, .pattern = "^(opt|host)\\." };
static const struct form entries_form = {
	FORM_RULE, .rule = &entries_rule, .or = &entries_of_form,
};

static const char *const buffer_words[] = { "ring", "perf", NULL };

/* What fills comes first, in the order of b2c_fill_kind. */
static const struct rule map_rules[] = {
	{ .key = "programs", .read = read_items, .variants = FILL(PROGRAMS), .form = &items_form },
	{ .key = "perf_event", .read = read_event, .variants = FILL(PERF_EVENT),
	  .form = &event_form },
	{ .key = "cgroups", .read = read_items, .variants = FILL(CGROUPS), .form = &items_form },
	{ .key = "interfaces", .read = read_items, .variants = FILL(INTERFACES),
	  .form = &items_form },
	{ .key = "cpus", .read = read_cpus, .variants = FILL(CPUS), .form = &cpus_form },
	{ .key = "maps", .read = read_inner, .variants = FILL(MAPS), .form = &inner_form },
	{ .key = "preset", .read = read_preset, .variants = FILL(PRESET), .form = &preset_form },
	{ .key = "entries", .read = read_expression, MEMBER(entries), .form = &entries_form },
	{ .key = "buffer", .read = read_choice_word, MEMBER(buffer), .choices = buffer_words },
	{ .key = "queue", .read = read_u64, MEMBER(queue), .variants = FILL(CPUS),
	  .min = 1, .max = 16384 },
};

#define NR_FILLS (B2C_NR_FILL_KINDS - 1)

static const struct group map_groups[] = {
	{ .first = "programs", .nr = NR_FILLS, .none = true, .asked = true },
	{ .first = "programs", .nr = NR_FILLS + 2, .several = true, .asked = true },
	{ .nr = 0 },
};
static const struct shape map_shape = {
	.noun = "a map", .id = "map", .rules = map_rules,
	.nr_rules = sizeof(map_rules) / sizeof(map_rules[0]), .groups = map_groups,
};
static const struct form map_form = { FORM_SHAPE, .shape = &map_shape };
const struct form maps_form = { FORM_WORDS, .of = &map_form };

static bool has_fill(const struct value *value)
{
	size_t i;

	for (i = 0; i < NR_FILLS; i++)
		if (reader_lookup(value, map_rules[i].key))
			return true;
	return false;
}

/* A number from 1, or opt.NAME, whose value only the run knows. */
static void check_entries(const struct value *value, const struct b2c_word *word)
{
	uint64_t number = 0;
	bool negative;

	if (!word->text || !strncmp(word->text, "opt.", 4) ||
	    !strncmp(word->text, "host.", 5))
		return;
	if (!number_parse(word->text, &negative, &number) && !negative && number >= 1 &&
	    number <= UINT32_MAX)
		return;
	diag_report(value->reader->diag, B2C_DIAG_manifest_value, word->loc,
		    "'entries' must be from 1 to %u, or opt.NAME, not '%s'", UINT32_MAX,
		    word->text);
}

static void read_map(const struct value *value, struct b2c_word key, void *ret_manifest)
{
	struct shape shape = map_shape;
	struct b2c_manifest *manifest = ret_manifest;
	struct b2c_map_rule *rules = (struct b2c_map_rule *)manifest->maps;
	const struct rule *fill = NULL;
	struct b2c_map_rule *rule;

	if (value->node->type != YAML_MAPPING_NODE) {
		reader_wrong_type(value, "a mapping");
		return;
	}
	if (has_fill(value) ||
	    (!reader_lookup(value, "entries") && !reader_lookup(value, "buffer")))
		fill = reader_variant(value, &map_shape, map_rules, NR_FILLS);
	shape.variant = ~0u;
	rule = arena_append(value->reader->arena, rules, manifest->nr_maps);
	manifest->maps = rules;
	*rule = (struct b2c_map_rule){ .map = key, .queue = 192 };
	if (fill) {
		rule->kind = (enum b2c_fill_kind)(fill - map_rules + 1);
		shape.variant = fill->variants;
	}
	reader_mapping(value, &shape, rule);
	check_entries(value, &rule->entries);
}

void read_maps(const struct value *value, void *ret_manifest)
{
	reader_entries(value, read_map, ret_manifest);
}
