// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * `options` of a manifest: the command line that a tool gets. Names and letters
 * must differ from each other and from the ones that every tool has.
 */
#include "manifest_parts.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#define STRING_SIZE_MAX 4096
#define LIST_MAX 4096

/* The words of `type`, in the order of b2c_option_type, then another for s32. */
static const char *const type_words[] = {
#define X(id, word, type, elements, read, argument) word,
	B2C_OPTION_TYPES(X)
#undef X
	"int", NULL,
};

/* Bytes of an array, 0 for what is none. */
static const uint64_t array_sizes[B2C_NR_OPTION_TYPES] = {
#define X(id, word, type, elements, read, argument) elements,
	B2C_OPTION_TYPES(X)
#undef X
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
	{ "exec", 0 },	 { "sudo-user", 0 },
};

/* An option as read, before its keys are looked at together. */
struct draft {
	struct b2c_option option;
	unsigned int type;	/* index in type_words */
	struct b2c_loc letter;
	struct value initial;	/* `default`; node NULL when absent */
	struct value size;
	struct value list;
	struct value sets;
	struct value choices;
	struct value define;
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

static const struct rule size_rule = {
	.key = "size", .read = read_u64, .min = 2, .max = STRING_SIZE_MAX,
};
static const struct rule list_rule = {
	.key = "list", .read = read_u64, .min = 1, .max = LIST_MAX,
};
static const struct rule sets_rule = {
	.key = "sets", .read = read_choice, .choices = manifest_settings,
};
static const struct rule choice_rule = { .key = "choices", .read = read_name };

static const struct rule define_rule = { .key = "define", .read = read_identifier };
static const struct form define_form = { FORM_RULE, .rule = &define_rule };

static const struct rule digit_rule = { .key = "short", .read = read_u64, .max = 9 };
static const struct form digit_form = { FORM_RULE, .rule = &digit_rule };
static const struct form letter_form = {
	FORM_TEXT, .pattern = "^[A-Za-z0-9]$", .or = &digit_form,
};
static const struct form default_form = { .kind = FORM_SCALAR };
static const struct form size_form = { FORM_RULE, .rule = &size_rule };
static const struct form list_form = { FORM_RULE, .rule = &list_rule };
static const struct form sets_form = { FORM_RULE, .rule = &sets_rule };
static const struct form choice_form = { FORM_RULE, .rule = &choice_rule };
static const struct form choices_form = { FORM_LIST, .of = &choice_form, .least = 1 };

static const struct rule option_rules[] = {
	{ .key = "type", .read = read_choice, MEMBER(type), .choices = type_words },
	{ .key = "short", .read = read_letter, .form = &letter_form },
	{ .key = "help", .read = read_line, MEMBER(option.help) },
	{ .key = "default", .read = read_later, MEMBER(initial), .form = &default_form },
	{ .key = "size", .read = read_later, MEMBER(size), .form = &size_form },
	{ .key = "list", .read = read_later, MEMBER(list), .form = &list_form },
	{ .key = "sets", .read = read_later, MEMBER(sets), .form = &sets_form },
	{ .key = "choices", .read = read_later, MEMBER(choices), .form = &choices_form },
	{ .key = "define", .read = read_later, MEMBER(define), .form = &define_form },
};

#define TYPE(id) (1ull << B2C_OPTION_##id)

static const struct type_keys type_keys[] = {
	{ .key = "size", .types = TYPE(STRING) | TYPE(PATH), .words = "'string' and 'path'" },
	{ .key = "choices", .types = TYPE(CHOICE), .needed = TYPE(CHOICE), .words = "'choice'" },
	{ .key = "define", .types = TYPE(FLAG) | TYPE(CHOICE), .words = "'flag' and 'choice'" },
	{ .key = "sets", .types = TYPE(U32), .words = "'u32'" },
	{ .key = "list", .types = ~(TYPE(FLAG) | TYPE(PATH) | TYPE(CGROUP)) },
	{ .key = NULL },
};

static const struct group groups[] = {
	{ .first = "list", .nr = 2, .none = true },	/* and `sets` */
	{ .first = NULL },
};

static const struct shape option_shape = {
	.noun = "an option", .id = "option", .rules = option_rules,
	.nr_rules = sizeof(option_rules) / sizeof(option_rules[0]), .type_keys = type_keys,
	.groups = groups,
};

/* `verbose:` alone declares a flag. */
static const struct form no_keys_form = { .kind = FORM_NULL };
static const struct form option_form = {
	FORM_SHAPE, .shape = &option_shape, .or = &no_keys_form,
};
const struct form options_form = {
	FORM_WORDS, .keys = "^[A-Za-z][A-Za-z0-9_-]*$", .of = &option_form,
};

static void read_size(struct draft *draft)
{
	draft->option.size = array_sizes[draft->option.type];
	if (!draft->size.node)
		return;
	draft->size.rule = &size_rule;
	read_u64(&draft->size, &draft->option.size);
}

/* Whether a key belongs to the option's type; if not, and it is there, after a report. */
static bool check_foreign(const struct draft *draft, const struct value *value, const char *key)
{
	const struct type_keys *row = type_keys;

	while (strcmp(row->key, key) != 0)
		row++;
	if (row->types >> draft->option.type & 1)
		return true;
	if (value->node && row->words)
		diag_report(value->reader->diag, B2C_DIAG_manifest_key, value->loc,
			    "'%s' belongs to options of type %s only", key, row->words);
	else if (value->node)
		diag_report(value->reader->diag, B2C_DIAG_manifest_key, value->loc,
			    "there is no %s of options of type '%s'", key,
			    type_words[draft->option.type]);
	return false;
}

static void read_list(struct draft *draft)
{
	if (!check_foreign(draft, &draft->list, "list") || !draft->list.node)
		return;
	draft->list.rule = &list_rule;
	read_u64(&draft->list, &draft->option.list);
}

static void read_sets(struct draft *draft)
{
	unsigned int choice = 0;

	if (!draft->sets.node)
		return;
	draft->sets.rule = &sets_rule;
	read_choice(&draft->sets, &choice);	/* reports what is none of them */
	draft->option.sets = (enum b2c_option_sets)(choice + 1);
}

/* Words for the command line, which become enumerators. */
static void read_choice_item(const struct value *value, void *ret_option)
{
	struct b2c_option *option = ret_option;
	struct b2c_word word = { 0 };

	read_name(value, &word);
	reader_add_word(value, word, &option->choices, &option->nr_choices);
}

static void read_choices(struct draft *draft, const struct value *value)
{
	if (!draft->choices.node) {
		diag_report(value->reader->diag, B2C_DIAG_manifest_missing, value->loc,
			    "a choice needs 'choices'");
		return;
	}
	if (reader_list(&draft->choices, read_choice_item, &draft->option) &&
	    !draft->option.nr_choices)
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, draft->choices.loc,
			    "'choices' is empty");
}

/* A macro of the program: a program is compiled for each value, so only few values can be. */
static void read_define(struct draft *draft)
{
	const struct value *value = &draft->define;
	struct b2c_word word = { 0 };

	if (!value->node)
		return;
	read_identifier(value, &word);
	if (word.text && (word.text[0] == '_' || word_is_keyword(word.text)))
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'%s' is no name for a macro of the program", word.text);
	else
		draft->option.define = word;
}

/* `default`, `size`, `list`, `choices`, `define` mean what `type` says, which may be last. */
static void draft_finish(struct draft *draft, const struct value *value)
{
	enum b2c_option_type type = draft->type < B2C_NR_OPTION_TYPES ?
		(enum b2c_option_type)draft->type : B2C_OPTION_S32;

	draft->option.type = type;
	if (check_foreign(draft, &draft->size, "size"))
		read_size(draft);
	if (check_foreign(draft, &draft->choices, "choices"))
		read_choices(draft, value);
	read_list(draft);
	if (check_foreign(draft, &draft->sets, "sets"))
		read_sets(draft);
	if (check_foreign(draft, &draft->define, "define"))
		read_define(draft);
	if (type == B2C_OPTION_USER)
		draft->option.default_number = UINT32_MAX;	/* everyone */
	if (draft->initial.node)
		read_option_default(&draft->initial, &draft->option);
}

static bool same_name(struct b2c_arena *arena, const char *a, const char *b)
{
	return !strcmp(word_normalize(arena, a), word_normalize(arena, b));
}

/* The members that belong to an option beside its own: opt.nr_NAME, opt.NAME_ino. */
static bool is_member_of(struct b2c_arena *arena, const struct b2c_option *option, const char *name)
{
	static const char *const path_members[] = { "dev", "ino", "rdev" };
	const char *own = word_normalize(arena, option->name.text);
	size_t i;

	if (option->list && !strcmp(name, arena_printf(arena, "nr_%s", own)))
		return true;
	for (i = 0; option->type == B2C_OPTION_PATH && i < 3; i++)
		if (!strcmp(name, arena_printf(arena, "%s_%s", own, path_members[i])))
			return true;
	return !strcmp(name, own);
}

const struct b2c_option *option_find(const struct b2c_manifest *manifest, const char *name,
				     struct b2c_arena *arena)
{
	size_t i;

	for (i = 0; i < manifest->nr_options; i++)
		if (is_member_of(arena, &manifest->options[i], name))
			return &manifest->options[i];
	return NULL;
}

/* Whether the option is the tool's --duration, which is then declared by the manifest. */
static bool is_own(const struct draft *draft, const char *name)
{
	return draft->option.sets == B2C_SETS_DURATION && !strcmp(name, "duration");
}

static void check_builtins(const struct reader *reader, const struct draft *draft)
{
	const char *name = draft->option.name.text;
	char letter = draft->option.letter;
	size_t i;

	for (i = 0; i < sizeof(builtins) / sizeof(builtins[0]); i++) {
		if (same_name(reader->arena, name, builtins[i].name) && !is_own(draft, name))
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
	const char *own = word_normalize(reader->arena, draft->option.name.text);
	size_t i;

	for (i = 0; i < manifest->nr_options; i++) {
		const struct b2c_option *other = &manifest->options[i];

		if (is_member_of(reader->arena, other, own) ||
		    is_member_of(reader->arena, &draft->option,
				 word_normalize(reader->arena, other->name.text))) {
			diag_report(reader->diag, B2C_DIAG_manifest_duplicate,
				    draft->option.name.loc,
				    "option '%s' has the C name of option '%s'",
				    draft->option.name.text, other->name.text);
			diag_note(reader->diag, other->name.loc, "'%s' is declared here",
				  other->name.text);
		}
		if (draft->option.sets && draft->option.sets == other->sets)
			diag_report(reader->diag, B2C_DIAG_manifest_duplicate, draft->sets.loc,
				    "option '%s' sets the %s already", other->name.text,
				    manifest_settings[other->sets - 1]);
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

	if (!node_is_null(value->node) && !reader_mapping(value, &option_shape, &draft))
		return;
	if (!name_is_valid(value, key))
		return;
	draft_finish(&draft, value);
	check_builtins(value->reader, &draft);
	check_others(value->reader, &draft);
	*arena_append(value->reader->arena, options, manifest->nr_options) = draft.option;
	manifest->options = options;
}

void read_options(const struct value *value, void *ret_manifest)
{
	reader_entries(value, read_option, ret_manifest);
}
