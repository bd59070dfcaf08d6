// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Merge: texts of one file, one for each variant of a program, as one text with conditionals
 * of the preprocessor around what differs. Whoever compiles it as a variant has exactly the
 * lines of that variant.
 */
#ifndef B2C_MERGE_H
#define B2C_MERGE_H

#include "arena.h"
#include "model.h"

struct b2c_merge {
	const struct b2c_variants *variants;
	const char *const *texts;
	const uint32_t *sets;	/* variants that have each text, a bit each */
	size_t nr;
	const char *file;	/* lines `#line N "file"` get the numbers of the merged text */
};

const char *merge_texts(const struct b2c_merge *merge, struct b2c_arena *arena);

#endif
