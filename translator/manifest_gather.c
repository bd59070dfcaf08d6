// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* `gather` of an events output in a manifest: rows that are made of several records. */
#include "manifest_parts.h"

#include <string.h>

#define PART(name) .offset = offsetof(struct b2c_gather_part, name)
#define GATHER(name) .offset = offsetof(struct b2c_gather, name)

static const struct rule part_rules[] = {
	{ .key = "name", .read = read_name, PART(name), .required = true },
	{ .key = "if", .read = read_expression, PART(condition), .required = true },
	{ .key = "text", .read = read_expression, PART(text) },
	{ .key = "separator", .read = read_code, PART(separator) },
	{ .key = "path", .read = read_bool, PART(path) },
	{ .key = "first", .read = read_bool, PART(first) },
	{ .key = "needed", .read = read_expression, PART(needed) },
};

static const struct group part_groups[] = {
	{ .first = "separator", .nr = 2, .none = true }, { .nr = 0 },
};
static const struct shape part_shape = {
	.noun = "a part", .id = "part", .rules = part_rules,
	.nr_rules = sizeof(part_rules) / sizeof(part_rules[0]), .groups = part_groups,
};
static const struct form part_form = { FORM_SHAPE, .shape = &part_shape };
static const struct form parts_form = { FORM_LIST, .of = &part_form, .least = 1 };

/* Names that the expressions of events have already. */
static bool is_taken(const struct b2c_gather *gather, const char *name)
{
	static const char *const words[] = { "e", "row", "data", "size", "ctx", "opt" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(words[i], name))
			return true;
	for (i = 0; i < gather->nr_parts; i++)
		if (!strcmp(gather->parts[i].name.text, name))
			return true;
	return false;
}

static void read_part(const struct value *value, void *ret_gather)
{
	struct b2c_gather *gather = ret_gather;
	struct b2c_gather_part *parts = (struct b2c_gather_part *)gather->parts, part = { 0 };
	struct b2c_diag *diag = value->reader->diag;

	if (!reader_mapping(value, &part_shape, &part) || !part.name.text || !part.condition.text)
		return;
	if (is_taken(gather, part.name.text)) {
		diag_report(diag, B2C_DIAG_manifest_duplicate, part.name.loc,
			    "the expressions of the output have a '%s' already", part.name.text);
		diag_help(diag, "give the part another 'name'");
		return;
	}
	if (!part.text.text && (part.separator.text || part.path)) {
		diag_report(diag, B2C_DIAG_manifest_missing, value->loc,
			    "a part with '%s' needs 'text'", part.path ? "path" : "separator");
		return;
	}
	*arena_append(value->reader->arena, parts, gather->nr_parts) = part;
	gather->parts = parts;
}

static void read_parts(const struct value *value, void *ret_gather)
{
	struct b2c_gather *gather = ret_gather;

	if (reader_list(value, read_part, gather) && value->node->data.sequence.items.start ==
							      value->node->data.sequence.items.top)
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'parts' is an empty list");
}

static const struct rule gather_rules[] = {
	{ .key = "by", .read = read_expression, GATHER(by), .required = true },
	{ .key = "when", .read = read_expression, GATHER(when), .required = true },
	{ .key = "parts", .read = read_parts, .required = true, .form = &parts_form },
};

static const struct shape gather_shape = {
	.noun = "a gather", .id = "gather", .rules = gather_rules,
	.nr_rules = sizeof(gather_rules) / sizeof(gather_rules[0]),
};
const struct form gather_form = { FORM_SHAPE, .shape = &gather_shape };

void read_gather(const struct value *value, void *ret_gather)
{
	reader_mapping(value, &gather_shape, ret_gather);
}
