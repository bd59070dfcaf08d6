// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* `join` of a table in a manifest: the maps that its expressions read by a key of their own. */
#include "manifest_parts.h"

#include <string.h>

#define JOIN(name) .offset = offsetof(struct b2c_join, name)

static const struct rule join_rules[] = {
	{ .key = "map", .read = read_identifier, JOIN(map), .required = true },
	{ .key = "key", .read = read_expression, JOIN(key), .required = true },
	{ .key = "name", .read = read_name, JOIN(name) },
	{ .key = "clear", .read = read_bool, JOIN(clear) },
	{ .key = "rows", .read = read_bool, JOIN(rows) },
};

/* Names that the expressions of a table have already. */
static bool is_taken(const struct b2c_output *output, const char *name)
{
	static const char *const words[] = { "key", "value", "row", "opt", "e" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(words[i], name))
			return true;
	for (i = 0; i < output->nr_joins; i++)
		if (!strcmp(output->joins[i].name.text, name))
			return true;
	return false;
}

static const struct shape join_shape = {
	.noun = "a join", .id = "join", .rules = join_rules,
	.nr_rules = sizeof(join_rules) / sizeof(join_rules[0]),
};
static const struct form join_form = { FORM_SHAPE, .shape = &join_shape };
const struct form joins_form = { FORM_LIST, .of = &join_form, .or = &join_form };

static void read_one(const struct value *value, void *ret_output)
{
	struct b2c_output *output = ret_output;
	struct b2c_join *joins = (struct b2c_join *)output->joins, join = { 0 };

	if (!reader_mapping(value, &join_shape, &join) || !join.map.text || !join.key.text)
		return;
	if (!join.name.text)
		join.name = join.map;
	if (is_taken(output, join.name.text)) {
		diag_report(value->reader->diag, B2C_DIAG_manifest_duplicate, join.name.loc,
			    "the expressions of the table have a '%s' already", join.name.text);
		diag_help(value->reader->diag, "give the join another 'name'");
		return;
	}
	*arena_append(value->reader->arena, joins, output->nr_joins) = join;
	output->joins = joins;
}

/* One of them, or a list. */
void read_joins(const struct value *value, void *ret_output)
{
	if (value->node->type == YAML_MAPPING_NODE)
		read_one(value, ret_output);
	else
		reader_list(value, read_one, ret_output);
}
