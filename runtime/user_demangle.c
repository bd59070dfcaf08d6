// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Demangling by libiberty, which knows C++, as bcc prints it, and both forms of Rust's
 * names. It hands out a name in pieces, so that a short symbol for an endless name can be
 * left when it has become too long.
 */
#define _GNU_SOURCE
#include "user_demangle.h"

#include <setjmp.h>
#include <stddef.h>
#include <string.h>

/* What is longer keeps its symbol. The library's own limit of nesting is near the first. */
#define MAX_SYMBOL 1024
#define MAX_NAME 4096

/*
 * A name with letters beyond ASCII that is left may leave the library a few kilobytes that
 * it cannot free: whoever makes more of them than this sees Rust's new symbols from then on.
 */
#define MAX_LEFT 1000

/* Of <demangle.h>: whose place differs between distributions. */
#define WITH_PARAMETERS (1 << 0)
#define WITH_TYPES (1 << 4)

typedef void put_piece(const char *s, size_t n, void *opaque);
int cplus_demangle_v3_callback(const char *symbol, int options, put_piece *put, void *opaque);
int rust_demangle_callback(const char *symbol, int options, put_piece *put, void *opaque);

struct demangler {
	struct b2c_text *text;
	size_t size;
	jmp_buf enough;
};

static void add_piece(const char *s, size_t n, void *opaque)
{
	struct demangler *demangler = opaque;

	demangler->size += n;
	if (demangler->size > MAX_NAME)
		longjmp(demangler->enough, 1);
	b2c_text_add(demangler->text, s, n);
}

/* Rust's old form is also one of C++, whose text for it nobody wants. */
static bool demangle(struct b2c_text *text, const char *symbol)
{
	static unsigned int nr_left;
	struct demangler demangler = { .text = text };
	bool is_rust = symbol[1] == 'R';

	if (strlen(symbol) > MAX_SYMBOL || (is_rust && nr_left == MAX_LEFT))
		return false;
	if (setjmp(demangler.enough)) {
		nr_left += is_rust;
		return false;
	}
	return rust_demangle_callback(symbol, 0, add_piece, &demangler) ||
	       (!is_rust && !demangler.size &&
		cplus_demangle_v3_callback(symbol, WITH_PARAMETERS | WITH_TYPES, add_piece,
					   &demangler));
}

void b2c_demangle(struct b2c_text *text, const char *symbol)
{
	size_t start = text->size;

	if (symbol[0] == '_' && (symbol[1] == 'Z' || symbol[1] == 'R') && demangle(text, symbol))
		return;
	text->size = start;
	b2c_text_puts(text, symbol);
}
