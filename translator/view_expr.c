// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * View, expressions: a manifest's expression comes with the spaces its author
 * liked; the emitted file has them everywhere alike.
 */
#include <ctype.h>
#include <string.h>

#include "view_parts.h"

/* What stands to the left decides whether `-` or `*` is unary. */
enum left { LEFT_NOTHING, LEFT_OPERAND, LEFT_OPERATOR, LEFT_CAST };

static bool is_name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static size_t operator_size(const char *p)
{
	static const char *const operators[] = { "<<=", ">>=", "->", "<<", ">>", "<=", ">=",
						 "==",	"!=",  "&&", "||", "++", "--" };
	size_t i;

	for (i = 0; i < sizeof(operators) / sizeof(operators[0]); i++)
		if (!strncmp(p, operators[i], strlen(operators[i])))
			return strlen(operators[i]);
	return 1;
}

static size_t token_size(const char *p)
{
	size_t n = 1;

	if (is_name_char(*p) || (*p == '.' && isdigit((unsigned char)p[1]))) {
		while (is_name_char(p[n]) || (isdigit((unsigned char)*p) && p[n] == '.'))
			n++;
		return n;
	}
	if (*p != '"' && *p != '\'')
		return operator_size(p);
	while (p[n] && p[n] != *p)
		n += p[n] == '\\' && p[n + 1] ? 2 : 1;
	return p[n] ? n + 1 : n;
}

bool view_uses(const char *text, const char *name)
{
	bool is_member = false;
	size_t n;

	for (text += strspn(text, " \t\n"); *text; text += n + strspn(text + n, " \t\n")) {
		n = token_size(text);
		if (n == strlen(name) && !memcmp(text, name, n) && !is_member)
			return true;
		is_member = (n == 1 && *text == '.') || (n == 2 && !strncmp(text, "->", 2));
	}
	return false;
}

/* Whether "(...)" that ends before `end` reads as a type, as in "(unsigned int)". */
static bool is_cast(const char *open, const char *end)
{
	static const char *const types[] = { "int",    "long",	 "char",  "short",  "unsigned",
					     "signed", "double", "float", "struct", "const",
					     "bool",   "u8",	 "u16",	  "u32",    "u64" };
	const char *p = open + 1 + strspn(open + 1, " _");
	size_t i, n = 0;

	while (is_name_char(p[n]))
		n++;
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strlen(types[i]) == n && !memcmp(p, types[i], n))
			return true;
	return (n > 2 && !memcmp(p + n - 2, "_t", 2)) || end[-1] == '*';
}

static bool is_binary(const char *token, size_t n, enum left left)
{
	if (left != LEFT_OPERAND)
		return false;
	if (n == 2)
		return strncmp(token, "->", 2) && strncmp(token, "++", 2) &&
		       strncmp(token, "--", 2);
	return strchr("+-*/%&|^<>=?:", *token) != NULL;
}

struct writer {
	struct b2c_text out;
	const char *opens[32]; /* where the parentheses that are open started */
	size_t depth;
	enum left left;
};

static void write_parenthesis(struct writer *w, const char *token)
{
	bool cast;

	if (*token == '(') {
		if (w->depth < sizeof(w->opens) / sizeof(w->opens[0]))
			w->opens[w->depth] = token;
		w->depth++;
		w->left = LEFT_NOTHING;
	} else {
		w->depth -= w->depth > 0;
		cast = w->depth < sizeof(w->opens) / sizeof(w->opens[0]) && w->opens[w->depth] &&
		       is_cast(w->opens[w->depth], token);
		w->left = cast ? LEFT_CAST : LEFT_OPERAND;
	}
	text_append_n(&w->out, token, 1);
}

/* Initialisers have spaces inside, unless they are empty. */
static void write_brace(struct writer *w, const char *token)
{
	bool opens = *token == '{';
	bool is_empty = opens ? token[1 + strspn(token + 1, " \t\n")] == '}'
			      : w->left == LEFT_NOTHING;

	text_append(&w->out, opens ? (is_empty ? "{" : "{ ") : is_empty ? "}" : " }");
	w->left = !opens ? LEFT_OPERAND : is_empty ? LEFT_NOTHING : LEFT_OPERATOR;
}

static void write_token(struct writer *w, const char *token, size_t n)
{
	bool word = is_name_char(*token) || *token == '"' || *token == '\'';

	if (*token == '(' || *token == ')') {
		write_parenthesis(w, token);
	} else if (*token == '{' || *token == '}') {
		write_brace(w, token);
	} else if (word || *token == ']') {
		/* Two words in a row: "unsigned int", "sizeof x". */
		if (word && w->left == LEFT_OPERAND)
			text_append(&w->out, " ");
		text_append_n(&w->out, token, n);
		w->left = LEFT_OPERAND;
	} else if (is_binary(token, n, w->left)) {
		text_printf(&w->out, " %.*s ", (int)n, token);
		w->left = LEFT_OPERATOR;
	} else {
		text_append_n(&w->out, token, n);
		if (*token == ',')
			text_append(&w->out, " ");
		w->left = LEFT_OPERATOR;
	}
}

const char *view_expression(const char *text, struct b2c_arena *arena)
{
	struct writer w = { .left = LEFT_NOTHING };
	const char *expression;
	size_t n;

	for (text += strspn(text, " \t\n"); *text; text += strspn(text, " \t\n")) {
		n = token_size(text);
		write_token(&w, text, n);
		text += n;
	}
	expression = arena_strdup(arena, text_string(&w.out));
	text_free(&w.out);
	return expression;
}
