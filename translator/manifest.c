// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The manifest's top: its keys, `arguments` and `replace`. The other keys have
 * files of their own, manifest_option.c, manifest_attach.c, manifest_output.c.
 */
#include "manifest.h"

#include <errno.h>
#include <string.h>

#include "manifest_read.h"

static void read_argument(const struct value *value, void *ret_manifest)
{
	static const char *const choices[] = { "interval", "count", NULL };
	struct b2c_manifest *manifest = ret_manifest;
	const struct rule rule = { .key = value->key, .choices = choices };
	struct value word = *value;
	unsigned int choice = 2;
	bool *takes;

	word.rule = &rule;
	read_choice(&word, &choice);
	if (choice == 2)
		return;
	takes = choice == 0 ? &manifest->takes_interval : &manifest->takes_count;
	if (*takes) {
		diag_report(value->reader->diag, B2C_DIAG_manifest_duplicate, value->loc,
			    "argument '%s' is given twice", choices[choice]);
	} else if (choice == 1 && !manifest->takes_interval) {
		diag_report(value->reader->diag, B2C_DIAG_manifest_missing, value->loc,
			    "argument 'count' needs 'interval' before it");
		diag_help(value->reader->diag, "write 'arguments: [interval, count]'");
	}
	*takes = true;
}

static void read_arguments(const struct value *value, void *ret_manifest)
{
	reader_list(value, read_argument, ret_manifest);
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
	read_code(value, &replace.text);
	if (!replace.text.text)
		return;
	*arena_append(value->reader->arena, replaces, manifest->nr_replaces) = replace;
	manifest->replaces = replaces;
}

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
	{ .key = "options", .read = read_options },
	{ .key = "arguments", .read = read_arguments },
	{ .key = "replace", .read = read_replaces },
	{ .key = "attach", .read = read_attaches },
	{ .key = "outputs", .read = read_outputs },
	{ .key = "maps", .read = read_maps },
	{ .key = "facts", .read = read_facts },
	{ .key = "filters", .read = read_filters },
};

static const struct shape manifest_shape = {
	"a manifest", manifest_rules, sizeof(manifest_rules) / sizeof(manifest_rules[0]), 0,
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
