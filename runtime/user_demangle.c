// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Demangling by the compiler's own library, which bcc uses too: its text is the one
 * that is known. The variant without memory of its own hands out the name in pieces,
 * so that a short symbol for an endless name can be left when it has become too long.
 */
#define _GNU_SOURCE
#include "user_demangle.h"

#include <setjmp.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* What is longer keeps its symbol. The library's own limit of nesting is near the first. */
#define MAX_SYMBOL 1024
#define MAX_NAME 4096

/* Of libsupc++; weak, since a compiler may come without: then names stay as they are. */
__attribute__((weak)) int __gcclibcxx_demangle_callback(const char *symbol,
							void (*put)(const char *, size_t, void *),
							void *opaque);

struct demangler {
	struct b2c_text *text;
	size_t start;
	jmp_buf enough;
};

static void put_piece(const char *s, size_t n, void *opaque)
{
	struct demangler *demangler = opaque;

	if (demangler->text->size - demangler->start + n > MAX_NAME)
		longjmp(demangler->enough, 1);
	b2c_text_add(demangler->text, s, n);
}

static bool demangle(struct b2c_text *text, const char *symbol)
{
	struct demangler demangler = { .text = text, .start = text->size };

	if (!__gcclibcxx_demangle_callback || strlen(symbol) > MAX_SYMBOL)
		return false;
	if (setjmp(demangler.enough))
		return false;
	return __gcclibcxx_demangle_callback(symbol, put_piece, &demangler) == 0;
}

/* ---- Rust: C++ on the surface, with words for what C++ has not, and a hash ---- */

#define HASH_LENGTH 19 /* "::h" and 16 digits */

static bool has_hash(const char *name, size_t length)
{
	const char *hash = name + length - HASH_LENGTH;

	return length > HASH_LENGTH && !strncmp(hash, "::h", 3) &&
	       strspn(hash + 3, "0123456789abcdef") == HASH_LENGTH - 3;
}

static const struct {
	const char *word;
	const char *text;
} rust_words[] = {
	{ "$SP$", "@" }, { "$BP$", "*" }, { "$RF$", "&" }, { "$LT$", "<" },
	{ "$GT$", ">" }, { "$LP$", "(" }, { "$RP$", ")" }, { "$C$", "," },
	{ "..", "::" },
};

/* "$u7b$": a character by its number; only what can be seen. Returns the bytes read. */
static size_t rust_number(const char *s, char *ret)
{
	static const char digits[] = "0123456789abcdef";
	size_t n = strncmp(s, "$u", 2) ? 0 : strspn(s + 2, digits);
	unsigned int c;

	if (n != 2 || s[4] != '$')
		return 0;
	c = (unsigned int)((strchr(digits, s[2]) - digits) << 4 | (strchr(digits, s[3]) - digits));
	if (c < ' ' || c > '~')
		return 0;
	*ret = (char)c;
	return 5;
}

static size_t rust_word(struct b2c_text *text, const char *s)
{
	size_t i, n;
	char c;

	n = rust_number(s, &c);
	if (n) {
		b2c_text_add(text, &c, 1);
		return n;
	}
	for (i = 0; i < sizeof(rust_words) / sizeof(rust_words[0]); i++) {
		n = strlen(rust_words[i].word);
		if (strncmp(s, rust_words[i].word, n))
			continue;
		b2c_text_puts(text, rust_words[i].text);
		return n;
	}
	b2c_text_add(text, s, 1);
	return 1;
}

static void add_rust(struct b2c_text *text, const char *name, size_t length)
{
	const char *end = name + length, *s = name;

	while (s < end) {
		/* a part must start with a letter, which "_" stands for */
		if (s[0] == '_' && s[1] == '$' && (s == name || s[-1] == ':'))
			s++;
		s += rust_word(text, s);
	}
}

void b2c_demangle(struct b2c_text *text, const char *symbol)
{
	size_t start = text->size, length;
	char *name;

	if (strncmp(symbol, "_Z", 2) || !demangle(text, symbol)) {
		text->size = start;
		b2c_text_puts(text, symbol);
		return;
	}
	length = text->size - start;
	if (text->failed || !has_hash(text->data + start, length))
		return;
	name = strndup(text->data + start, length - HASH_LENGTH);
	if (!name)
		return;
	text->size = start;
	add_rust(text, name, strlen(name));
	free(name);
}
