// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What is the same in Python and POSIX is copied. What Python alone knows is
 * written in POSIX's words where it can be, else it is a problem: nothing is
 * copied that would mean something else.
 */
#include "manifest_pattern.h"

#include <ctype.h>
#include <regex.h>
#include <stdbool.h>
#include <string.h>

#include "text.h"

struct pattern {
	const char *at;
	struct b2c_text out;
	struct b2c_arena *arena;
	const char *problem;
	bool can_repeat;	/* what a quantifier could stand behind */
};

/* Python's classes, alone and within [ ]. */
static const struct {
	char letter;
	const char *alone;
	const char *within;
} classes[] = {
	{ 'd', "[0-9]", "0-9" },
	{ 'D', "[^0-9]", NULL },
	{ 'w', "[[:alnum:]_]", "[:alnum:]_" },
	{ 'W', "[^[:alnum:]_]", NULL },
};

static const char *class_of(char letter, bool within)
{
	size_t i;

	for (i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (classes[i].letter == letter)
			return within ? classes[i].within : classes[i].alone;
	return NULL;
}

static void put_escape(struct pattern *p, bool within)
{
	char letter = p->at[1];
	const char *class = class_of(letter, within);

	p->at += letter ? 2 : 1;
	if (class)
		text_append(&p->out, class);
	else if (!letter)
		p->problem = "ends in a backslash";
	else if (isalnum((unsigned char)letter))
		p->problem = arena_printf(p->arena, "has '\\%c', which only Python knows%s",
					  letter, within ? " within [ ]" : "");
	else if (within && strchr("]\\^-[", letter))
		p->problem = arena_printf(p->arena, "has '\\%c' within [ ]", letter);
	else if (!within && strchr(".[]{}()*+?^$|\\", letter))
		text_printf(&p->out, "\\%c", letter);
	else
		text_append_n(&p->out, &letter, 1);
}

static void put_set(struct pattern *p)
{
	size_t n = 1;

	n += p->at[n] == '^';
	n += p->at[n] == ']';
	text_append_n(&p->out, p->at, n);
	p->at += n;
	while (*p->at && *p->at != ']' && !p->problem) {
		if (*p->at == '\\')
			put_escape(p, true);
		else if (*p->at == '[' && p->at[1] && strchr(":.=", p->at[1]))
			p->problem = "has '[' within [ ]";
		else
			text_append_n(&p->out, p->at++, 1);
	}
	if (*p->at)
		text_append_n(&p->out, p->at++, 1);
}

/* Bytes of a quantifier; 0: the text is none. */
static size_t quantifier_size(const char *at)
{
	size_t low, high = 0, comma;

	if (*at && strchr("*+?", *at))
		return 1;
	if (*at != '{')
		return 0;
	low = strspn(at + 1, "0123456789");
	comma = at[1 + low] == ',';
	if (comma)
		high = strspn(at + 2 + low, "0123456789");
	return (low || comma) && at[1 + low + comma + high] == '}' ? 2 + low + comma + high : 0;
}

static void put_quantifier(struct pattern *p, size_t size)
{
	if (!p->can_repeat) {
		p->problem = arena_printf(p->arena, "has a '%c' with nothing to repeat", *p->at);
		return;
	}
	if (!strncmp(p->at, "{,", 2))
		text_printf(&p->out, "{0%.*s", (int)size - 1, p->at + 1);
	else
		text_append_n(&p->out, p->at, size);
	p->at += size;
	/* what is tried first decides nothing about whether a name matches */
	if (*p->at == '?')
		p->at++;
	else if (*p->at == '+' || *p->at == '*')
		p->problem = arena_printf(p->arena, "has a quantifier before '%c'", *p->at);
	p->can_repeat = false;
}

static void put_group(struct pattern *p)
{
	if (!strncmp(p->at, "(?:", 3))
		p->at += 3;
	else if (p->at[1] == '?')
		p->problem = "has '(?', which only Python knows";
	else
		p->at++;
	text_append(&p->out, "(");
	p->can_repeat = false;
}

static void put_next(struct pattern *p)
{
	size_t size = quantifier_size(p->at);

	if (size) {
		put_quantifier(p, size);
		return;
	}
	if (*p->at == '(') {
		put_group(p);
		return;
	}
	p->can_repeat = !strchr("|^$", *p->at);
	if (*p->at == '\\') {
		put_escape(p, false);
	} else if (*p->at == '[') {
		put_set(p);
	} else {
		if (*p->at == '{' || *p->at == '}')
			text_append(&p->out, "\\");
		text_append_n(&p->out, p->at++, 1);
	}
}

/* The rest of what can be wrong is the same in both languages: unbalanced brackets, ranges. */
static void compile(struct pattern *p)
{
	char message[128];
	regex_t regex;
	int err = regcomp(&regex, text_string(&p->out), REG_EXTENDED | REG_NOSUB);

	if (!err) {
		regfree(&regex);
		return;
	}
	regerror(err, &regex, message, sizeof(message));
	p->problem = arena_printf(p->arena, "is no regular expression: %s", message);
}

const char *pattern_translate(const char *pattern, struct b2c_arena *arena,
			      const char **ret_problem)
{
	struct pattern p = { .at = pattern, .arena = arena };
	const char *result;

	while (*p.at && !p.problem)
		put_next(&p);
	if (!p.problem)
		compile(&p);
	*ret_problem = p.problem;
	result = p.problem ? NULL : arena_strdup(arena, text_string(&p.out));
	text_free(&p.out);
	return result;
}
