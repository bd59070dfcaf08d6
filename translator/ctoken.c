// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Tokens of C text; see ctoken.h. */
#include "ctoken.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

/* Length of a backslash and the line end after it, 0 if there is none. */
static size_t splice_length(const char *s)
{
	if (s[0] != '\\')
		return 0;
	if (s[1] == '\n')
		return 2;
	return s[1] == '\r' && s[2] == '\n' ? 3 : 0;
}

static size_t blank_length(const char *s)
{
	size_t n = 0;

	for (;;) {
		size_t splice = splice_length(s + n);

		if (splice)
			n += splice;
		else if (s[n] && strchr(" \t\r\f\v", s[n]))
			n++;
		else
			return n;
	}
}

static size_t line_comment_length(const char *s)
{
	size_t n = 2;

	while (s[n] && s[n] != '\n')
		n += splice_length(s + n) ? splice_length(s + n) : 1;
	return n;
}

static size_t block_comment_length(const char *s)
{
	const char *end = strstr(s + 2, "*/");

	return end ? (size_t)(end - s) + 2 : strlen(s);
}

static size_t literal_length(const char *s)
{
	size_t n = 1;

	while (s[n] && s[n] != *s && s[n] != '\n')
		n += s[n] == '\\' && s[n + 1] ? 2 : 1;
	return s[n] == *s ? n + 1 : n;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

/* A preprocessing number: digits, letters, dots, and signs after an exponent. */
static size_t number_length(const char *s)
{
	size_t n = 1;

	while (is_word(s[n]) || s[n] == '.' ||
	       ((s[n] == '+' || s[n] == '-') && strchr("eEpP", s[n - 1])))
		n++;
	return n;
}

static size_t word_length(const char *s)
{
	size_t n = 0;

	while (is_word(s[n]))
		n++;
	return n;
}

size_t ctoken_length(const char *s, enum ctoken *ret_token)
{
	static const struct {
		enum ctoken token;
		size_t (*length)(const char *s);
	} rows[] = {
		{ CTOKEN_LINE_COMMENT, line_comment_length },
		{ CTOKEN_BLOCK_COMMENT, block_comment_length },
		{ CTOKEN_LITERAL, literal_length },
		{ CTOKEN_NUMBER, number_length },
		{ CTOKEN_IDENTIFIER, word_length },
	};
	bool is[] = {
		s[0] == '/' && s[1] == '/',
		s[0] == '/' && s[1] == '*',
		s[0] == '"' || s[0] == '\'',
		isdigit((unsigned char)s[0]) || (s[0] == '.' && isdigit((unsigned char)s[1])),
		is_word(s[0]),
	};
	size_t i, blank = blank_length(s);

	*ret_token = CTOKEN_BLANK;
	if (blank)
		return blank;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		*ret_token = rows[i].token;
		if (is[i])
			return rows[i].length(s);
	}
	*ret_token = *s == '\n' ? CTOKEN_NEWLINE : CTOKEN_PUNCTUATOR;
	return 1;
}
