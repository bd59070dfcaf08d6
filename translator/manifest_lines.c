// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Lines of text in a manifest: `start` and `end` of the tool, `above` and `below` of an output. */
#include "manifest_parts.h"

#define LINE(name) .offset = offsetof(struct b2c_line, name)

static const struct rule line_rules[] = {
	{ .key = "text", .read = read_code, LINE(text) },
	{ .key = "value", .read = read_expression, LINE(value) },
	{ .key = "when", .read = read_expression, LINE(when) },
};

static const struct group line_groups[] = {
	{ .first = "text", .nr = 2 },
	{ .nr = 0 },
};
static const struct shape line_shape = {
	.noun = "a line", .id = "text_line", .rules = line_rules,
	.nr_rules = sizeof(line_rules) / sizeof(line_rules[0]), .groups = line_groups,
};
static const struct rule plain_rule = { .key = "text", .read = read_code };
static const struct form line_form = { FORM_SHAPE, .shape = &line_shape };
static const struct form plain_form = { FORM_RULE, .rule = &plain_rule, .or = &line_form };
const struct form lines_form = { FORM_LIST, .of = &plain_form };

/* A text alone, or a mapping. */
static void read_one(const struct value *value, void *ret_lines)
{
	struct b2c_lines *lines = ret_lines;
	struct b2c_line *items = (struct b2c_line *)lines->items, line = { .loc = value->loc };

	if (value->node->type != YAML_MAPPING_NODE)
		read_code(value, &line.text);
	else if (!reader_mapping(value, &line_shape, &line))
		return;
	if (!line.text.text && !line.value.text)
		return;
	*arena_append(value->reader->arena, items, lines->nr) = line;
	lines->items = items;
}

void read_lines(const struct value *value, void *ret_lines)
{
	struct b2c_lines *lines = ret_lines;

	lines->given = true;
	reader_list(value, read_one, lines);
}
