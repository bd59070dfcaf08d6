// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Tokens of C text, as far as finding identifiers outside comments and literals
 * needs them. For the manifest's placeholders and expressions; real parsing is
 * Clang's.
 */
#ifndef B2C_CTOKEN_H
#define B2C_CTOKEN_H

#include <stddef.h>

enum ctoken {
	CTOKEN_BLANK,		/* spaces, tabs, spliced lines */
	CTOKEN_NEWLINE,
	CTOKEN_LINE_COMMENT,	/* without its newline */
	CTOKEN_BLOCK_COMMENT,
	CTOKEN_LITERAL,		/* string or character; ends with the line at the latest */
	CTOKEN_NUMBER,
	CTOKEN_IDENTIFIER,
	CTOKEN_PUNCTUATOR,	/* one byte */
};

/* Length of the token that begins at `s`, which is not the end. */
size_t ctoken_length(const char *s, enum ctoken *ret_token);

#endif
