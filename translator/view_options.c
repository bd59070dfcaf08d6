// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * View, options: the struct behind `opt` for both sides, its first values, and the
 * rows that the tool's command line is read by.
 */
#include <string.h>

#include "variant_choice.h"
#include "view_parts.h"

static const struct {
	const char *id;
	const char *type;
	uint64_t elements;
	const char *read;
} types[B2C_NR_OPTION_TYPES] = {
#define X(id, word, type, elements, read, argument) { #id, type, elements, read },
	B2C_OPTION_TYPES(X)
#undef X
};

const char *view_option_name(const struct b2c_option *option, struct b2c_arena *arena)
{
	char *name = arena_strdup(arena, option->name.text), *p;

	for (p = name; *p; p++)
		if (*p == '-')
			*p = '_';
	return name;
}

/* ---- the struct ---- */

/* Records that options have for their value. */
static const struct {
	const char *type;
	const char *text;
} records[] = {
	{ "struct b2c_net4", "struct b2c_net4 {\n\t__u32 prefixlen;\n\t__u32 address;\n};" },
	{ "struct b2c_net6", "struct b2c_net6 {\n\t__u32 prefixlen;\n\t__u8 address[16];\n};" },
	{ "struct b2c_cgroup", "struct b2c_cgroup {\n\t__u64 id;\n\t__u32 level;\n};" },
};

static bool uses_type(const struct b2c_manifest *manifest, const char *type)
{
	size_t i;

	for (i = 0; i < manifest->nr_options; i++)
		if (!strcmp(types[manifest->options[i].type].type, type))
			return true;
	return false;
}

/* "enum { OPT_MODE_READ, OPT_MODE_WRITE };" */
static const char *choice_enum(const struct b2c_option *option, struct b2c_arena *arena)
{
	const char *line = "", *lines = "";
	size_t i;

	for (i = 0; i < option->nr_choices; i++) {
		const char *name = choice_name(option, i, arena);

		line = arena_printf(arena, "%s%s%s", line, i ? ", " : "", name);
		lines = arena_printf(arena, "%s\t%s,\n", lines, name);
	}
	if (strlen(line) + strlen("enum {  };") <= VIEW_COLUMNS)
		return arena_printf(arena, "enum { %s };", line);
	return arena_printf(arena, "enum {\n%s};", lines);
}

/* What has to be declared before the struct, one thing an item of the list. */
static void add_types(const struct b2c_manifest *manifest, struct b2c_view *view)
{
	struct b2c_arena *arena = view_arena(view);
	size_t i;

	view_list(view, "option_types");
	for (i = 0; i < sizeof(records) / sizeof(records[0]); i++)
		if (uses_type(manifest, records[i].type))
			view_set(view_add(view, "option_types"), "text", records[i].text);
	for (i = 0; i < manifest->nr_options; i++)
		if (manifest->options[i].type == B2C_OPTION_CHOICE)
			view_set(view_add(view, "option_types"), "text",
				 choice_enum(&manifest->options[i], arena));
}

struct members {
	struct b2c_arena *arena;
	const char **items;
	size_t nr;
};

static void add_member(struct members *members, const char *text)
{
	*arena_append(members->arena, members->items, members->nr) = text;
}

/* "__u32 pid", "char name[64]", "__u16 ports[16]" and what belongs to it. */
static void add_members(const struct b2c_option *option, struct members *members)
{
	struct b2c_arena *arena = members->arena;
	const char *name = view_option_name(option, arena), *declaration;
	uint64_t elements = option->size ? option->size : types[option->type].elements;

	declaration = arena_printf(arena, "%s %s", types[option->type].type, name);
	if (option->list)
		declaration = arena_printf(arena, "%s[%llu]", declaration,
					   (unsigned long long)option->list);
	if (elements)
		declaration = arena_printf(arena, "%s[%llu]", declaration,
					   (unsigned long long)elements);
	add_member(members, declaration);
	if (option->list)
		add_member(members, arena_printf(arena, "__u32 nr_%s", name));
	if (option->type != B2C_OPTION_PATH)
		return;
	add_member(members, arena_printf(arena, "__u32 %s_dev", name));
	add_member(members, arena_printf(arena, "__u32 %s_rdev", name));
	add_member(members, arena_printf(arena, "__u64 %s_ino", name));
}

static struct members members_of(const struct b2c_manifest *manifest, struct b2c_arena *arena)
{
	struct members members = { .arena = arena };
	size_t i;

	for (i = 0; i < manifest->nr_options; i++)
		add_members(&manifest->options[i], &members);
	return members;
}

const char *view_options_struct(const struct b2c_manifest *manifest, const char *tool,
				struct b2c_arena *arena)
{
	struct members members = members_of(manifest, arena);
	struct b2c_text out = { 0 };
	const char *text;
	size_t i;

	if (!manifest->nr_options)
		return "";
	for (i = 0; i < sizeof(records) / sizeof(records[0]); i++)
		if (uses_type(manifest, records[i].type))
			text_printf(&out, "%s\n", records[i].text);
	for (i = 0; i < manifest->nr_options; i++)
		if (manifest->options[i].type == B2C_OPTION_CHOICE)
			text_printf(&out, "%s\n", choice_enum(&manifest->options[i], arena));
	text_printf(&out, "struct %s_options {\n", tool);
	for (i = 0; i < members.nr; i++)
		text_printf(&out, "\t%s;\n", members.items[i]);
	text_append(&out, "};\n");
	text = arena_strdup(arena, text_string(&out));
	text_free(&out);
	return text;
}

/* ---- its values ---- */

static bool is_text(const struct b2c_option *option)
{
	return option->list || option->type > B2C_OPTION_PID;
}

/* What the tool reads itself when it starts has no value here. */
static const char *default_of(const struct b2c_option *option, struct b2c_arena *arena)
{
	const char *text = option->default_text.text;

	if (option->type == B2C_OPTION_USER && !option->list && !text)
		return "UINT32_MAX";
	if (is_text(option))
		return NULL;
	if (option->type == B2C_OPTION_STRING)
		return text && *text ? view_literal(text, arena) : NULL;
	if (!option->default_number)
		return NULL;
	if (option->type == B2C_OPTION_FLAG)
		return "true";
	if (option->type == B2C_OPTION_U64 && option->default_number < 0)
		return arena_printf(arena, "%lluU", (unsigned long long)option->default_number);
	return arena_printf(arena, "%lld", (long long)option->default_number);
}

/* ---- the rows ---- */

static void list_fields(const struct b2c_option *option, const char *name,
			struct view_fields *fields)
{
	view_field(fields, ".value = opt.%s", name);
	view_field(fields, ".size = sizeof(opt.%s[0])", name);
	view_field(fields, ".nr = &opt.nr_%s", name);
	view_field(fields, ".room = %llu", (unsigned long long)option->list);
}

static void value_fields(const struct b2c_option *option, const char *name,
			 struct view_fields *fields)
{
	bool is_array = types[option->type].elements;

	if (option->list) {
		list_fields(option, name, fields);
		return;
	}
	view_field(fields, ".value = %sopt.%s", is_array ? "" : "&", name);
	if (is_array)
		view_field(fields, ".size = sizeof(opt.%s)", name);
	if (option->type == B2C_OPTION_PATH)
		view_field(fields, ".path = { &opt.%s_dev, &opt.%s_rdev, &opt.%s_ino }", name, name,
			   name);
}

static const char *const sets[] = {
	NULL, "B2C_SETS_INTERVAL", "B2C_SETS_COUNT", "B2C_SETS_DURATION",
};

static const char *option_braces(const struct b2c_option *option, struct b2c_arena *arena)
{
	struct view_fields fields = { .arena = arena, .depth = 2 };
	const char *read = types[option->type].read;

	view_field_literal(&fields, "name", option->name.text);
	if (option->letter)
		view_field(&fields, ".letter = '%c'", option->letter);
	view_field(&fields, ".type = B2C_OPTION_%s", read ? "VALUE" : types[option->type].id);
	if (read)
		view_field(&fields, ".read = &%s", read);
	value_fields(option, view_option_name(option, arena), &fields);
	if (option->sets)
		view_field(&fields, ".sets = %s", sets[option->sets]);
	if (option->nr_choices)
		view_field(&fields, ".choices = %s_choices", view_option_name(option, arena));
	if (is_text(option) && option->default_text.text)
		view_field_literal(&fields, "initial", option->default_text.text);
	if (option->help.text)
		view_field_literal(&fields, "help", option->help.text);
	return view_braces(&fields);
}

/* A list of the words of a choice, for its row. */
static void add_choices(const struct b2c_option *option, struct b2c_view *view)
{
	struct b2c_arena *arena = view_arena(view);
	struct b2c_view *item = view_add(view, "choices");
	const char *words = "";
	size_t i;

	for (i = 0; i < option->nr_choices; i++)
		words = arena_printf(arena, "%s%s, ", words,
				     view_literal(option->choices[i].text, arena));
	view_set(item, "name", view_option_name(option, arena));
	view_set(item, "words", words);
}

void view_options(const struct b2c_manifest *manifest, struct b2c_arena *arena,
		  struct b2c_view *view)
{
	struct members members = members_of(manifest, arena);
	const char *value;
	size_t i;

	view_flag(view, "has_options", manifest->nr_options);
	view_list(view, "defaults");
	view_list(view, "options");
	view_list(view, "option_members");
	view_list(view, "choices");
	add_types(manifest, view);
	for (i = 0; i < members.nr; i++)
		view_set(view_add(view, "option_members"), "text", members.items[i]);
	for (i = 0; i < manifest->nr_options; i++) {
		const struct b2c_option *option = &manifest->options[i];

		if (option->type == B2C_OPTION_CHOICE)
			add_choices(option, view);
		view_set(view_add(view, "options"), "braces", option_braces(option, arena));
		value = default_of(option, arena);
		if (value)
			view_printf(view_add(view, "defaults"), "text", ".%s = %s",
				    view_option_name(option, arena), value);
	}
}
