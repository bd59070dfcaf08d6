// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* `lines` and `fold` of a stacks output in a manifest: what an element is printed as. */
#include "manifest_parts.h"

#include <string.h>

#define LINE(name) .offset = offsetof(struct b2c_stack_line, name)

static const struct rule line_rules[] = {
	{ .key = "text", .read = read_code, LINE(text) },
	{ .key = "value", .read = read_expression, LINE(value) },
	{ .key = "kernel", .read = read_expression, LINE(kernel) },
	{ .key = "user", .read = read_expression, LINE(user) },
	{ .key = "pid", .read = read_expression, LINE(pid) },
	{ .key = "key", .read = read_name, LINE(key) },
	{ .key = "indent", .read = read_code, LINE(indent) },
	{ .key = "address", .read = read_int, LINE(address), .min = -64, .max = 64 },
	{ .key = "skip", .read = read_u64, LINE(skip), .min = 0, .max = UINT32_MAX },
	{ .key = "reversed", .read = read_bool, LINE(reversed) },
	{ .key = "when", .read = read_expression, LINE(when) },
};

static const struct group line_groups[] = {
	{ .first = "text", .nr = 4 },
	{ .nr = 0 },
};
static const struct shape line_shape = {
	.noun = "a line",
	.id = "stack_line",
	.rules = line_rules,
	.nr_rules = sizeof(line_rules) / sizeof(line_rules[0]),
	.groups = line_groups,
};
static const struct rule plain_rule = { .key = "text", .read = read_code };
static const struct form line_form = { FORM_SHAPE, .shape = &line_shape };
static const struct form plain_form = { FORM_RULE, .rule = &plain_rule, .or = &line_form };
const struct form stack_lines_form = { FORM_LIST, .of = &plain_form, .least = 1 };

/* Keys that elements of every stacks output have in JSON. */
static bool is_taken(const char *key)
{
	static const char *const keys[] = { "comm", "pid", "count", "unit", "stacks", "timestamp" };
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (!strcmp(keys[i], key))
			return true;
	return false;
}

static void check_line(const struct value *value, const struct b2c_stack_line *line)
{
	struct b2c_diag *diag = value->reader->diag;
	bool is_stack = line->kernel.text || line->user.text;

	if (line->user.text && !line->pid.text) {
		diag_report(diag, B2C_DIAG_manifest_missing, value->loc,
			    "the stack of a process needs 'pid'");
		diag_help(diag, "say whose it is: 'pid: key.MEMBER'");
	}
	if (!line->user.text && line->pid.text)
		diag_report(diag, B2C_DIAG_manifest_key, line->pid.loc,
			    "'pid' belongs to the stack of a process");
	if (!is_stack && (line->indent.text || line->address || line->skip || line->reversed))
		diag_report(diag, B2C_DIAG_manifest_key, value->loc,
			    "a text has no frames: 'indent', 'address', 'skip' and 'reversed' "
			    "belong to a stack");
	if (line->key.text && is_taken(line->key.text))
		diag_report(diag, B2C_DIAG_manifest_duplicate, line->key.loc,
			    "JSON has a '%s' of its own", line->key.text);
}

/* A text alone, or a mapping. */
static void read_one(const struct value *value, void *ret_lines)
{
	struct b2c_stack_lines *lines = ret_lines;
	struct b2c_stack_line *items = (struct b2c_stack_line *)lines->items;
	struct b2c_stack_line line = { .loc = value->loc };

	if (value->node->type != YAML_MAPPING_NODE)
		read_code(value, &line.text);
	else if (!reader_mapping(value, &line_shape, &line))
		return;
	else
		check_line(value, &line);
	if (!line.text.text && !line.value.text && !line.kernel.text && !line.user.text)
		return;
	*arena_append(value->reader->arena, items, lines->nr) = line;
	lines->items = items;
}

void read_stack_lines(const struct value *value, void *ret_lines)
{
	if (reader_list(value, read_one, ret_lines) &&
	    value->node->data.sequence.items.start == value->node->data.sequence.items.top)
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'%s' is an empty list", value->key);
}

void check_stack_lines(const struct value *value, const struct b2c_output *output)
{
	const struct {
		const char *key;
		const struct b2c_word *word;
	} others[] = {
		{ "kernel", &output->kernel },
		{ "user", &output->user },
		{ "delimited", &output->forms[B2C_FORM_DELIMITED] },
	};
	const struct b2c_word *folded = &output->forms[B2C_FORM_FOLDED];
	struct b2c_diag *diag = value->reader->diag;
	size_t i;

	for (i = 0; output->lines.nr && i < sizeof(others) / sizeof(others[0]); i++)
		if (others[i].word->text)
			diag_report(diag, B2C_DIAG_manifest_key, others[i].word->loc,
				    "'lines' say which stacks there are: '%s' has no place "
				    "beside them",
				    others[i].key);
	if (output->fold.nr && !output->lines.nr) {
		diag_report(diag, B2C_DIAG_manifest_missing, value->loc, "'fold' needs 'lines'");
		diag_help(diag, "say what an element is printed as where it is not folded");
	}
	if (output->lines.nr && folded->text && !output->fold.nr) {
		diag_report(diag, B2C_DIAG_manifest_missing, folded->loc,
			    "'folded' beside 'lines' needs 'fold'");
		diag_help(diag, "say what the parts of the folded line are");
	}
}
