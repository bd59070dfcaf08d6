// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Variants, expressions: what one over `opt` is in a variant, as far as its options say, or over
 * `host` where its facts are known, and which options tell a set of variants from the others.
 */
#include <stdlib.h>
#include <string.h>

#include "ctoken.h"
#include "variant.h"
#include "variant_choice.h"

/* ---- values ---- */

struct value {
	bool known;
	long long number;
};

struct parser {
	const struct b2c_variants *variants;	/* NULL: no option is known */
	const struct b2c_variant *variant;
	const struct b2c_host_answer *answers;
	size_t nr_answers;
	const char *at;
};

static const struct value unknown = { false, 0 };

static struct value number(long long n)
{
	return (struct value){ true, n };
}

static void skip(struct parser *p)
{
	enum ctoken token;
	size_t n;

	while (*p->at && (n = ctoken_length(p->at, &token)) && token <= CTOKEN_BLOCK_COMMENT)
		p->at += n;
}

static bool take(struct parser *p, const char *word)
{
	skip(p);
	if (strncmp(p->at, word, strlen(word)))
		return false;
	p->at += strlen(word);
	return true;
}

static struct value apply(const char *op, struct value a, struct value b)
{
	/* one side may decide although the other is not known */
	if (!strcmp(op, "||") && ((a.known && a.number) || (b.known && b.number)))
		return number(1);
	if (!strcmp(op, "&&") && ((a.known && !a.number) || (b.known && !b.number)))
		return number(0);
	if (!a.known || !b.known)
		return unknown;
	switch (*op) {
	case '|':
		return number(a.number || b.number);
	case '&':
		return number(a.number && b.number);
	case '=':
		return number(a.number == b.number);
	case '!':
		return number(a.number != b.number);
	case '<':
		return number(op[1] ? a.number <= b.number : a.number < b.number);
	default:
		return number(op[1] ? a.number >= b.number : a.number > b.number);
	}
}

/* Operators, those that bind least first; longer ones before those they begin with. */
static const char *const levels[][5] = {
	{ "||" }, { "&&" }, { "==", "!=" }, { "<=", ">=", "<", ">" },
};

#define NR_LEVELS (sizeof(levels) / sizeof(levels[0]))

static struct value binary(struct parser *p, size_t level);

/* Whether `name` is `word` as C has it: '-' is '_', and an enumerator is in capitals. */
static bool is_name(const char *name, size_t n, const char *word)
{
	size_t i;

	for (i = 0; i < n && word[i]; i++)
		if (name[i] != (word[i] == '-' ? '_' : word[i]))
			return false;
	return i == n && !word[n];
}

/* "opt.disks" of an option with `define`. */
static struct value member(struct parser *p, const char *name, size_t n)
{
	size_t i;

	for (i = 0; p->variants && i < p->variants->nr_axes; i++)
		if (is_name(name, n, p->variants->axes[i].option->name.text))
			return number(p->variant->values[i]);
	return unknown;
}

/* "host.request_rq_disk" of a fact. */
static struct value fact(struct parser *p, const char *name, size_t n)
{
	size_t i;

	for (i = 0; i < p->nr_answers; i++)
		if (is_name(name, n, p->answers[i].name))
			return number(p->answers[i].is_there);
	return unknown;
}

/* OPT_SCALE_LOG of its words. */
static struct value enumerator(struct parser *p, const char *name, size_t n)
{
	size_t i, k;

	for (i = 0; p->variants && i < p->variants->nr_axes; i++) {
		const struct b2c_option *option = p->variants->axes[i].option;

		for (k = 0; k < option->nr_choices; k++)
			if (is_name(name, n, choice_name(option, k, p->variants->arena)))
				return number((long long)k);
	}
	return unknown;
}

static struct value identifier(struct parser *p, const char *name, size_t n)
{
	bool is_host = n == 4 && !strncmp(name, "host", n);
	enum ctoken token;
	const char *word;
	size_t size;

	if (n == 4 && !strncmp(name, "true", n))
		return number(1);
	if (n == 5 && !strncmp(name, "false", n))
		return number(0);
	if (!is_host && (n != 3 || strncmp(name, "opt", n)))
		return enumerator(p, name, n);
	if (!take(p, "."))
		return unknown;
	skip(p);
	word = p->at;
	size = *word ? ctoken_length(word, &token) : 0;
	p->at += size;
	if (!size || token != CTOKEN_IDENTIFIER)
		return unknown;
	return is_host ? fact(p, word, size) : member(p, word, size);
}

static struct value unary(struct parser *p)
{
	struct value value;
	enum ctoken token;
	const char *word;
	char *end;
	size_t n;

	if (take(p, "!")) {
		value = unary(p);
		return value.known ? number(!value.number) : value;
	}
	if (take(p, "(")) {
		value = binary(p, 0);
		return take(p, ")") ? value : unknown;
	}
	skip(p);
	word = p->at;
	if (!*word)
		return unknown;
	n = ctoken_length(word, &token);
	p->at += n;
	if (token == CTOKEN_IDENTIFIER)
		return identifier(p, word, n);
	value = number(strtoll(word, &end, 0));
	return token == CTOKEN_NUMBER && end == word + n ? value : unknown;
}

static struct value binary(struct parser *p, size_t level)
{
	struct value value;
	size_t i;

	if (level == NR_LEVELS)
		return unary(p);
	value = binary(p, level + 1);
	for (i = 0; levels[level][i]; i++) {
		if (!take(p, levels[level][i]))
			continue;
		value = apply(levels[level][i], value, binary(p, level + 1));
		i = (size_t)-1;
	}
	return value;
}

static enum b2c_truth truth(struct parser *p)
{
	struct value value = binary(p, 0);

	skip(p);
	if (*p->at || !value.known)
		return B2C_UNKNOWN;
	return value.number ? B2C_TRUE : B2C_FALSE;
}

enum b2c_truth variant_truth(const struct b2c_variants *variants,
			     const struct b2c_variant *variant, const char *expression)
{
	struct parser p = { .variants = variants, .variant = variant, .at = expression };

	return truth(&p);
}

enum b2c_truth host_truth(const struct b2c_host_answer *answers, size_t nr, const char *expression)
{
	struct parser p = { .answers = answers, .nr_answers = nr, .at = expression };

	return truth(&p);
}

/* ---- conditions ---- */

/* On each axis a value, or any. */
#define ANY UINT32_MAX

static bool cube_has(const struct b2c_variants *variants, const unsigned int *cube, size_t item)
{
	size_t i;

	for (i = 0; i < variants->nr_axes; i++)
		if (cube[i] != ANY && cube[i] != variants->items[item].values[i])
			return false;
	return true;
}

static uint32_t cube_set(const struct b2c_variants *variants, const unsigned int *cube)
{
	uint32_t set = 0;
	size_t i;

	for (i = 0; i < variants->nr; i++)
		set |= (uint32_t)cube_has(variants, cube, i) << i;
	return set;
}

/* Makes the cube of a variant as large as the set allows. */
static void cube_grow(const struct b2c_variants *variants, uint32_t set, unsigned int *cube)
{
	size_t i;

	for (i = 0; i < variants->nr_axes; i++) {
		unsigned int value = cube[i];

		cube[i] = ANY;
		if (cube_set(variants, cube) & ~set)
			cube[i] = value;
	}
}

static const char *literal(const struct b2c_axis *axis, unsigned int value,
			   enum b2c_variant_words words, struct b2c_arena *arena)
{
	char *name = arena_strdup(arena, axis->option->name.text), *p;
	bool is_flag = axis->option->type == B2C_OPTION_FLAG;
	const char *bang = is_flag && !value ? "!" : "";

	if (words == B2C_WORDS_DEFINED)
		return arena_printf(arena, "%sdefined(%s)", bang,
				    axis->names[is_flag ? 1 : value]);
	for (p = name; *p; p++)
		*p = *p == '-' ? '_' : *p;
	if (is_flag)
		return arena_printf(arena, "%sopt.%s", bang, name);
	return arena_printf(arena, "opt.%s == %s", name,
			    choice_name(axis->option, value, arena));
}

static const char *cube_text(const struct b2c_variants *variants, const unsigned int *cube,
			     enum b2c_variant_words words, size_t *ret_nr)
{
	struct b2c_arena *arena = variants->arena;
	const char *text = "";
	size_t i;

	*ret_nr = 0;
	for (i = 0; i < variants->nr_axes; i++) {
		if (cube[i] == ANY)
			continue;
		text = arena_printf(arena, "%s%s%s", text, *ret_nr ? " && " : "",
				    literal(&variants->axes[i], cube[i], words, arena));
		++*ret_nr;
	}
	return text;
}

const char *variants_condition(const struct b2c_variants *variants, uint32_t set,
			       enum b2c_variant_words words, struct b2c_arena *arena)
{
	unsigned int *cube = arena_alloc(arena, (variants->nr_axes + 1) * sizeof(*cube));
	const char *condition = "", *text;
	uint32_t left = set;
	size_t i, nr;

	for (i = 0; i < variants->nr; i++) {
		bool is_first = left == set;

		if (!(left >> i & 1))
			continue;
		memcpy(cube, variants->items[i].values, variants->nr_axes * sizeof(*cube));
		cube_grow(variants, set, cube);
		left &= ~cube_set(variants, cube);
		text = cube_text(variants, cube, words, &nr);
		if (nr > 1 && (left || !is_first))
			text = arena_printf(arena, "(%s)", text);
		condition = arena_printf(arena, "%s%s%s", condition, is_first ? "" : " || ", text);
	}
	return condition;
}
