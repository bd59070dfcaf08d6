// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Scalars of a manifest: text, names, numbers, booleans, choices. A word is
 * taken by what its key wants, so `no` is a boolean only where one belongs.
 */
#include "manifest_parts.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "text.h"

bool node_is_plain(const yaml_node_t *node)
{
	return node->type == YAML_SCALAR_NODE &&
	       node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
}

bool node_is_null(const yaml_node_t *node)
{
	const char *s;

	if (!node_is_plain(node))
		return false;
	s = (const char *)node->data.scalar.value;
	return !*s || !strcmp(s, "~") || !strcmp(s, "null") || !strcmp(s, "Null") ||
	       !strcmp(s, "NULL");
}

const char *value_string(const struct value *value)
{
	const char *s = (const char *)value->node->data.scalar.value;

	return reader_put_item(value->reader, arena_strdup(value->reader->arena, s));
}

static void report_value(const struct value *value, const char *problem)
{
	diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc, "'%s' %s",
		    value->key, problem);
}

/* A string of C text, NULL after a report. */
static const char *string_read(const struct value *value, const char *wanted)
{
	const char *s;

	if (value->node->type != YAML_SCALAR_NODE || node_is_null(value->node)) {
		reader_wrong_type(value, wanted);
		return NULL;
	}
	s = (const char *)value->node->data.scalar.value;
	if (strlen(s) != value->node->data.scalar.length) {
		report_value(value, "holds a NUL byte");
		return NULL;
	}
	return value_string(value);
}

static void word_set(const struct value *value, const char *text, struct b2c_word *ret_word)
{
	ret_word->text = text;
	ret_word->loc = value->loc;
}

void read_code(const struct value *value, void *ret_word)
{
	const char *s = string_read(value, "C text");

	if (s)
		word_set(value, s, ret_word);
	else if (node_is_null(value->node))
		diag_help(value->reader->diag, "write \"\" for no text");
}

/* Without the blanks around it; YAML's block scalars end in a newline. */
static const char *string_trim(const struct value *value, const char *s)
{
	size_t size;

	s += strspn(s, " \t\r\n");
	size = strlen(s);
	while (size && strchr(" \t\r\n", s[size - 1]))
		size--;
	return arena_strndup(value->reader->arena, s, size);
}

static const char *string_read_trimmed(const struct value *value, const char *wanted)
{
	const char *s = string_read(value, wanted);

	if (!s)
		return NULL;
	s = string_trim(value, s);
	if (*s)
		return s;
	report_value(value, "is empty");
	return NULL;
}

void read_expression(const struct value *value, void *ret_word)
{
	const char *s = string_read_trimmed(value, "an expression");

	if (s)
		word_set(value, s, ret_word);
}

void read_line(const struct value *value, void *ret_word)
{
	const char *s = string_read_trimmed(value, "text");
	size_t i;

	for (i = 0; s && s[i]; i++) {
		if (!iscntrl((unsigned char)s[i]))
			continue;
		report_value(value, "must be one line without control characters");
		return;
	}
	if (s)
		word_set(value, s, ret_word);
}

bool word_is_identifier(const char *word)
{
	size_t i;

	if (!isalpha((unsigned char)word[0]) && word[0] != '_')
		return false;
	for (i = 1; word[i]; i++)
		if (!isalnum((unsigned char)word[i]) && word[i] != '_')
			return false;
	return true;
}

bool word_is_keyword(const char *word)
{
	static const char *const keywords[] = {
		"asm",	    "auto",   "bool",	  "break",  "case",	"char",	    "const",
		"continue", "default", "do",	  "double", "else",	"enum",	    "extern",
		"false",    "float",  "for",	  "goto",   "if",	"inline",   "int",
		"long",	    "nullptr", "register", "restrict", "return", "short",   "signed",
		"sizeof",   "static", "struct",	  "switch", "true",	"typedef",  "typeof",
		"union",    "unsigned", "void",	  "volatile", "while",
	};
	size_t i;

	for (i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++)
		if (!strcmp(word, keywords[i]))
			return true;
	return false;
}

const char *word_normalize(struct b2c_arena *arena, const char *word)
{
	char *copy = arena_strdup(arena, word), *c;

	for (c = copy; *c; c++)
		if (*c == '-')
			*c = '_';
	return copy;
}

void read_identifier(const struct value *value, void *ret_word)
{
	const char *s = string_read_trimmed(value, "a name");

	if (s && word_is_keyword(s)) {
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'%s' is a word of C and no name for '%s'", s, value->key);
	} else if (s && word_is_identifier(s)) {
		word_set(value, s, ret_word);
	} else if (s) {
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'%s' must be a C identifier, not '%s'", value->key, s);
	}
}

void read_name(const struct value *value, void *ret_word)
{
	const char *s = string_read_trimmed(value, "a name"), *c_name;

	if (!s)
		return;
	c_name = word_normalize(value->reader->arena, s);
	if (!word_is_identifier(c_name) || !isalpha((unsigned char)*c_name)) {
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'%s' is not a name for '%s'", s, value->key);
		diag_help(value->reader->diag, "begin with a letter and go on with letters, "
			  "digits, '-' and '_'");
	} else if (word_is_keyword(c_name)) {
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'%s' is a word of C and no name for '%s'", s, value->key);
	} else {
		word_set(value, s, ret_word);
	}
}

void read_bool(const struct value *value, void *ret_bool)
{
	static const struct {
		const char *word;
		bool is;
	} words[] = {
		{ "true", true },   { "True", true },	{ "TRUE", true },
		{ "yes", true },    { "Yes", true },	{ "YES", true },
		{ "false", false }, { "False", false }, { "FALSE", false },
		{ "no", false },    { "No", false },	{ "NO", false },
	};
	size_t i;

	for (i = 0; node_is_plain(value->node) && i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp((const char *)value->node->data.scalar.value, words[i].word) != 0)
			continue;
		*(bool *)ret_bool = words[i].is;
		return;
	}
	reader_wrong_type(value, "true or false");
}

static int digit_of(char c)
{
	if (isdigit((unsigned char)c))
		return c - '0';
	return isxdigit((unsigned char)c) ? tolower((unsigned char)c) - 'a' + 10 : -1;
}

int number_parse(const char *s, bool *ret_negative, uint64_t *ret_magnitude)
{
	uint64_t magnitude = 0, base = 10;

	*ret_negative = *s == '-';
	s += *s == '-' || *s == '+';
	if (s[0] == '0' && (s[1] == 'x' || s[1] == 'X')) {
		base = 16;
		s += 2;
	} else if (s[0] == '0' && s[1]) {
		return -EINVAL;	/* octal to some readers of YAML, decimal to others */
	}
	if (!*s)
		return -EINVAL;
	for (; *s; s++) {
		int digit = digit_of(*s);

		if (digit < 0 || (uint64_t)digit >= base)
			return -EINVAL;
		if (magnitude > (UINT64_MAX - (uint64_t)digit) / base)
			return -ERANGE;
		magnitude = magnitude * base + (uint64_t)digit;
	}
	*ret_magnitude = magnitude;
	return 0;
}

int reader_number(const struct value *value, bool *ret_negative, uint64_t *ret_magnitude)
{
	int err = -EINVAL;

	*ret_negative = false;
	*ret_magnitude = 0;
	if (node_is_plain(value->node))
		err = number_parse(value_string(value), ret_negative,
				   ret_magnitude);
	if (err == -EINVAL)
		reader_wrong_type(value, "a number");
	return err;
}

/* A number within the rule's limits; false after a report. */
static bool number_read(const struct value *value, int64_t *ret_number)
{
	int64_t min = value->rule->min, max = value->rule->max;
	bool negative, outside;
	uint64_t magnitude;
	int err = reader_number(value, &negative, &magnitude);

	if (err == -EINVAL)
		return false;
	outside = err || magnitude > INT64_MAX;
	if (!outside) {
		*ret_number = negative ? -(int64_t)magnitude : (int64_t)magnitude;
		outside = *ret_number < min || *ret_number > max;
	}
	if (outside)
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'%s' must be from %lld to %lld", value->key, (long long)min,
			    (long long)max);
	return !outside;
}

void read_u64(const struct value *value, void *ret_u64)
{
	int64_t number;

	if (number_read(value, &number))
		*(uint64_t *)ret_u64 = (uint64_t)number;
}

void read_int(const struct value *value, void *ret_int)
{
	int64_t number;

	if (number_read(value, &number))
		*(int *)ret_int = (int)number;
}

void reader_add_word(const struct value *value, struct b2c_word word,
		     const struct b2c_word **items, size_t *nr_items)
{
	struct b2c_word *words = (struct b2c_word *)*items;
	size_t i;

	if (!word.text)
		return;
	for (i = 0; i < *nr_items; i++) {
		if (strcmp(words[i].text, word.text) != 0)
			continue;
		diag_report(value->reader->diag, B2C_DIAG_manifest_duplicate, word.loc,
			    "'%s' is given twice", word.text);
		return;
	}
	*arena_append(value->reader->arena, words, *nr_items) = word;
	*items = words;
}

void report_choice(const struct value *value, const char *word, const char *const *choices)
{
	struct b2c_text list = { 0 };
	const char *nearest;
	size_t nr;

	for (nr = 0; choices[nr]; nr++)
		text_printf(&list, "%s%s", nr ? ", " : "", choices[nr]);
	diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
		    "'%s' is not a choice of '%s'", word, value->key);
	nearest = diag_nearest(word, choices, nr);
	if (nearest)
		diag_help(value->reader->diag, "did you mean '%s'?", nearest);
	else
		diag_help(value->reader->diag, "the choices are: %s", text_string(&list));
	text_free(&list);
}

/* Index of the value among the rule's choices, -1 after a report. */
static int choice_read(const struct value *value)
{
	const char *const *choices = value->rule->choices;
	const char *s = string_read_trimmed(value, "a word");
	int i;

	if (!s)
		return -1;
	for (i = 0; choices[i]; i++)
		if (!strcmp(choices[i], s))
			return i;
	report_choice(value, s, choices);
	return -1;
}

void read_choice(const struct value *value, void *ret_index)
{
	int i = choice_read(value);

	if (i >= 0)
		*(unsigned int *)ret_index = (unsigned int)i;
}

void read_choice_word(const struct value *value, void *ret_word)
{
	int i = choice_read(value);

	if (i >= 0)
		word_set(value, value->rule->choices[i], ret_word);
}
