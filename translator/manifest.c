// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The manifest's top: its keys, and `replace`. The other keys have files of their own,
 * manifest_option.c, manifest_argument.c, manifest_attach.c, manifest_output.c.
 */
#include "manifest.h"

#include <errno.h>
#include <string.h>

#include "manifest_parts.h"

/* Two texts: which of them it is is known when the tool is built. */
static const struct rule replace_rules[] = {
	{ .key = "when", .read = read_expression, .offset = offsetof(struct b2c_replace, when),
	  .required = true },
	{ .key = "then", .read = read_code, .offset = offsetof(struct b2c_replace, text),
	  .required = true },
	{ .key = "else", .read = read_code, .offset = offsetof(struct b2c_replace, otherwise),
	  .required = true },
};

static const struct shape replace_shape = {
	.noun = "a replacement with 'when'", .id = "replace_when", .rules = replace_rules,
	.nr_rules = sizeof(replace_rules) / sizeof(replace_rules[0]),
};

static const struct rule each_text_rules[] = {
	{ .key = "each", .read = read_each, .required = true, .form = &each_form },
	{ .key = "text", .read = read_code, .offset = offsetof(struct b2c_replace, text),
	  .required = true },
};

static const struct shape each_text_shape = {
	.noun = "a replacement with 'each'", .id = "replace_each", .rules = each_text_rules,
	.nr_rules = sizeof(each_text_rules) / sizeof(each_text_rules[0]),
};

/* One text after the other, each on lines of its own. */
static void read_each_text(const struct value *value, void *ret_replace)
{
	struct b2c_replace *replace = ret_replace, one = { 0 };

	if (!reader_mapping(value, &each_text_shape, &one) || !one.text.text)
		return;
	one.text.text = arena_printf(value->reader->arena, "%s%s%s",
				     replace->text.text ? replace->text.text : "",
				     replace->text.text ? "\n" : "", one.text.text);
	replace->text = one.text;
	replace->keeps_lines = true;
}

static void read_placeholder(const struct value *value, struct b2c_word key, void *ret_manifest)
{
	struct b2c_manifest *manifest = ret_manifest;
	struct b2c_replace replace = { .placeholder = key };
	struct b2c_replace *replaces = (struct b2c_replace *)manifest->replaces;

	if (!word_is_identifier(key.text)) {
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, key.loc,
			    "placeholder '%s' is not a C identifier", key.text);
		diag_help(value->reader->diag, "a placeholder is a whole word of the source, "
			  "such as FILTER_PID");
		return;
	}
	if (reader_has_each(value))
		reader_repeat(value, read_each_text, &replace);
	else if (value->node->type == YAML_MAPPING_NODE)
		reader_mapping(value, &replace_shape, &replace);
	else
		read_code(value, &replace.text);
	if (!replace.text.text)
		return;
	*arena_append(value->reader->arena, replaces, manifest->nr_replaces) = replace;
	manifest->replaces = replaces;
}

static const struct rule replace_rule = { .key = "replace", .read = read_code };
static const struct form each_text_form = { FORM_SHAPE, .shape = &each_text_shape };
static const struct form replace_choice_form = {
	FORM_SHAPE, .shape = &replace_shape, .or = &each_text_form,
};
static const struct form replace_form = {
	FORM_RULE, .rule = &replace_rule, .or = &replace_choice_form,
};
const struct form replaces_form = {
	FORM_WORDS, .keys = "^[A-Za-z_][A-Za-z0-9_]*$", .of = &replace_form,
};

static void read_replaces(const struct value *value, void *ret_manifest)
{
	reader_entries(value, read_placeholder, ret_manifest);
}

#define MEMBER(name) .offset = offsetof(struct b2c_manifest, name)

static const struct rule manifest_rules[] = {
	{ .key = "tool", .read = read_name, MEMBER(tool) },
	{ .key = "summary", .read = read_line, MEMBER(summary) },
	{ .key = "source", .read = read_line, MEMBER(source) },
	{ .key = "code", .read = read_line, MEMBER(code) },
	{ .key = "options", .read = read_options, .form = &options_form },
	{ .key = "arguments", .read = read_arguments, .form = &arguments_form },
	{ .key = "replace", .read = read_replaces, .form = &replaces_form },
	{ .key = "attach", .read = read_attaches, .form = &attaches_form },
	{ .key = "outputs", .read = read_outputs, .form = &outputs_form },
	{ .key = "start", .read = read_lines, MEMBER(start), .form = &lines_form },
	{ .key = "end", .read = read_lines, MEMBER(end), .form = &lines_form },
	{ .key = "maps", .read = read_maps, .form = &maps_form },
	{ .key = "facts", .read = read_facts, .form = &facts_form },
	{ .key = "filters", .read = read_filters, .form = &filters_form },
};

const struct shape manifest_shape = {
	.noun = "a manifest", .id = "manifest", .rules = manifest_rules,
	.nr_rules = sizeof(manifest_rules) / sizeof(manifest_rules[0]),
};

int manifest_parse(const char *file, const char *text, struct b2c_arena *arena,
		   struct b2c_diag *diag, struct b2c_manifest *ret_manifest)
{
	struct reader reader = { .manifest = ret_manifest, .arena = arena, .diag = diag };
	struct value root = { .reader = &reader, .key = "the manifest" };
	size_t before = diag_count(diag, B2C_ERROR);

	*ret_manifest = (struct b2c_manifest){ .present = true };
	ret_manifest->file = arena_strdup(arena, file);
	reader.file = ret_manifest->file;
	reader.text = text;
	root.node = reader_open(&reader);
	if (!root.node)
		return -EINVAL;
	root.loc = reader_loc(&reader, root.node);
	if (root.node->type == YAML_MAPPING_NODE) {
		reader_mapping(&root, &manifest_shape, ret_manifest);
		manifest_check(&reader, &root);
	} else {
		diag_report(diag, B2C_DIAG_manifest_type, root.loc, "a manifest is a mapping");
		diag_help(diag, "begin with a key, such as 'tool: NAME'");
	}
	reader_close(&reader);
	return diag_count(diag, B2C_ERROR) > before ? -EINVAL : 0;
}
