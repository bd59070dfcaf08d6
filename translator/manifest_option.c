// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * `options` of a manifest: the command line that a tool gets. Names and letters
 * must differ from each other and from the ones that every tool has.
 */
#include "manifest_read.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#define STRING_SIZE 64		/* bytes of a string option unless given */
#define STRING_SIZE_MAX 4096

static const struct type_row {
	const char *word;
	enum b2c_option_type type;
	int64_t min;
	uint64_t max;
} types[] = {
	{ "flag", B2C_OPTION_FLAG, 0, 0 },
	{ "int", B2C_OPTION_S32, INT32_MIN, INT32_MAX },
	{ "s32", B2C_OPTION_S32, INT32_MIN, INT32_MAX },
	{ "u32", B2C_OPTION_U32, 0, UINT32_MAX },
	{ "s64", B2C_OPTION_S64, INT64_MIN, INT64_MAX },
	{ "u64", B2C_OPTION_U64, 0, UINT64_MAX },
	{ "string", B2C_OPTION_STRING, 0, 0 },
	{ "pid", B2C_OPTION_PID, 0, INT32_MAX },
};

static const char *const type_words[] = {
	"flag", "int", "s32", "u32", "s64", "u64", "string", "pid", NULL,
};

/* Every tool has these; see runtime/options. */
static const struct {
	const char *name;
	char letter;
} builtins[] = {
	{ "help", 'h' }, { "version", 'V' }, { "verbose", 'v' },
	{ "json", 0 },	 { "btf", 0 },	     { "ready-fd", 0 },
	{ "map", 0 },	 { "fail-on-loss", 0 }, { "check", 0 },
	{ "csv", 0 },	 { "duration", 0 },  { "prometheus", 0 },
};

/* An option as read, before its keys are looked at together. */
struct draft {
	struct b2c_option option;
	unsigned int type;	/* index in types */
	struct b2c_loc letter;
	struct value initial;	/* `default`; node NULL when absent */
	struct value size;
};

static void read_letter(const struct value *value, void *ret_draft)
{
	struct draft *draft = ret_draft;
	struct b2c_word word = { 0 };

	read_line(value, &word);
	if (!word.text)
		return;
	if (word.text[1] || !isalnum((unsigned char)word.text[0])) {
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'short' must be one letter or digit, not '%s'", word.text);
		return;
	}
	draft->option.letter = word.text[0];
	draft->letter = value->loc;
}

static void read_later(const struct value *value, void *ret_value)
{
	*(struct value *)ret_value = *value;
}

#define MEMBER(name) .offset = offsetof(struct draft, name)

static const struct rule option_rules[] = {
	{ .key = "type", .read = read_choice, MEMBER(type), .choices = type_words },
	{ .key = "short", .read = read_letter },
	{ .key = "help", .read = read_line, MEMBER(option.help) },
	{ .key = "default", .read = read_later, MEMBER(initial) },
	{ .key = "size", .read = read_later, MEMBER(size) },
};

static const struct shape option_shape = {
	"an option", option_rules, sizeof(option_rules) / sizeof(option_rules[0]), 0,
};

static void read_size(struct draft *draft)
{
	static const struct rule limits = { .key = "size", .min = 2, .max = STRING_SIZE_MAX };

	draft->option.size = STRING_SIZE;
	if (!draft->size.node)
		return;
	draft->size.rule = &limits;
	read_u64(&draft->size, &draft->option.size);
}

static void read_default_flag(const struct value *value, struct b2c_option *option)
{
	bool is = false;

	read_bool(value, &is);
	if (!is)
		return;
	diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
		    "flag '%s' can't be on by default", option->name.text);
	diag_help(value->reader->diag, "name the option for the opposite, such as 'no-%s'",
		  option->name.text);
}

static void read_default_string(const struct value *value, struct b2c_option *option)
{
	struct b2c_word word = { 0 };

	read_code(value, &word);
	if (!word.text)
		return;
	option->default_text = word;
	if (strlen(word.text) < option->size)
		return;
	diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
		    "the default of '%s' has %zu bytes, which a size of %llu can't hold",
		    option->name.text, strlen(word.text), (unsigned long long)option->size);
	diag_help(value->reader->diag, "give it 'size: %zu' or more", strlen(word.text) + 1);
}

static bool number_fits(const struct type_row *type, bool negative, uint64_t magnitude)
{
	if (negative && magnitude)
		return magnitude - 1 <= (uint64_t) - (type->min + 1) && type->min < 0;
	return magnitude <= type->max;
}

static void read_default_number(const struct value *value, const struct type_row *type,
				struct b2c_option *option)
{
	uint64_t magnitude = 0;
	bool negative = false;
	int err = -EINVAL;

	if (node_is_plain(value->node))
		err = number_parse((const char *)value->node->data.scalar.value, &negative,
				   &magnitude);
	if (err == -EINVAL) {
		reader_wrong_type(value, "a number");
		return;
	}
	if (err || !number_fits(type, negative, magnitude)) {
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "the default of '%s' must be from %lld to %llu", option->name.text,
			    (long long)type->min, (unsigned long long)type->max);
		return;
	}
	option->default_number = (int64_t)(negative ? 0 - magnitude : magnitude);
	option->default_text = (struct b2c_word){ value_string(value), value->loc };
}

/* `default` and `size` mean what `type` says, which may stand after them. */
static void draft_finish(struct draft *draft)
{
	const struct type_row *type = &types[draft->type];

	draft->option.type = type->type;
	if (type->type == B2C_OPTION_STRING)
		read_size(draft);
	else if (draft->size.node)
		diag_report(draft->size.reader->diag, B2C_DIAG_manifest_key, draft->size.loc,
			    "'size' belongs to options of type 'string' only");
	if (!draft->initial.node)
		return;
	if (type->type == B2C_OPTION_FLAG)
		read_default_flag(&draft->initial, &draft->option);
	else if (type->type == B2C_OPTION_STRING)
		read_default_string(&draft->initial, &draft->option);
	else
		read_default_number(&draft->initial, type, &draft->option);
}

static bool same_name(struct b2c_arena *arena, const char *a, const char *b)
{
	return !strcmp(word_normalize(arena, a), word_normalize(arena, b));
}

static void check_builtins(const struct reader *reader, const struct draft *draft)
{
	const char *name = draft->option.name.text;
	char letter = draft->option.letter;
	size_t i;

	for (i = 0; i < sizeof(builtins) / sizeof(builtins[0]); i++) {
		if (same_name(reader->arena, name, builtins[i].name))
			diag_report(reader->diag, B2C_DIAG_manifest_duplicate,
				    draft->option.name.loc, "every tool has '--%s' already",
				    builtins[i].name);
		if (letter && letter == builtins[i].letter)
			diag_report(reader->diag, B2C_DIAG_manifest_duplicate, draft->letter,
				    "every tool has '-%c' already, for '--%s'", letter,
				    builtins[i].name);
	}
}

static void check_others(const struct reader *reader, const struct draft *draft)
{
	const struct b2c_manifest *manifest = reader->manifest;
	size_t i;

	for (i = 0; i < manifest->nr_options; i++) {
		const struct b2c_option *other = &manifest->options[i];

		if (same_name(reader->arena, draft->option.name.text, other->name.text)) {
			diag_report(reader->diag, B2C_DIAG_manifest_duplicate,
				    draft->option.name.loc,
				    "option '%s' has the C name of option '%s'",
				    draft->option.name.text, other->name.text);
			diag_note(reader->diag, other->name.loc, "'%s' is declared here",
				  other->name.text);
		}
		if (!draft->option.letter || draft->option.letter != other->letter)
			continue;
		diag_report(reader->diag, B2C_DIAG_manifest_duplicate, draft->letter,
			    "'-%c' is the letter of option '%s' already", other->letter,
			    other->name.text);
		diag_note(reader->diag, other->name.loc, "'%s' is declared here",
			  other->name.text);
	}
}

static bool name_is_valid(const struct value *value, struct b2c_word key)
{
	const char *c_name = word_normalize(value->reader->arena, key.text);

	if (!word_is_identifier(c_name) || !isalpha((unsigned char)*c_name)) {
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, key.loc,
			    "'%s' is not a name for an option", key.text);
		diag_help(value->reader->diag, "begin with a letter and go on with letters, "
			  "digits, '-' and '_'");
		return false;
	}
	if (word_is_keyword(c_name)) {
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, key.loc,
			    "'%s' is a word of C and no name for an option", key.text);
		diag_help(value->reader->diag,
			  "the program reads it as 'opt.%s', which C can't parse", c_name);
		return false;
	}
	return true;
}

static void read_option(const struct value *value, struct b2c_word key, void *ret_manifest)
{
	struct b2c_manifest *manifest = ret_manifest;
	struct b2c_option *options = (struct b2c_option *)manifest->options;
	struct draft draft = { .option.name = key };

	/* `verbose:` alone declares a flag. */
	if (!node_is_null(value->node) && !reader_mapping(value, &option_shape, &draft))
		return;
	if (!name_is_valid(value, key))
		return;
	draft_finish(&draft);
	check_builtins(value->reader, &draft);
	check_others(value->reader, &draft);
	*arena_append(value->reader->arena, options, manifest->nr_options) = draft.option;
	manifest->options = options;
}

void read_options(const struct value *value, void *ret_manifest)
{
	reader_entries(value, read_option, ret_manifest);
}
