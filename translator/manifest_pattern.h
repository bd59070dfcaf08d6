// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Patterns of a manifest: regular expressions as Python writes them, turned into
 * those of POSIX (extended), which the tool has without a library of its own.
 */
#ifndef B2C_MANIFEST_PATTERN_H
#define B2C_MANIFEST_PATTERN_H

#include "arena.h"

/* Returns the pattern for regcomp(), or NULL and what is wrong with it. */
const char *pattern_translate(const char *pattern, struct b2c_arena *arena,
			      const char **ret_problem);

#endif
