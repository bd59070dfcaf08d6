// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The manifest: what the user asks for, read from YAML into struct b2c_manifest.
 * Every value keeps its place, every mistake of a file is reported at once, and
 * nothing here knows the source: bind resolves the names. docs/manifest.md is
 * the reference for users.
 */
#ifndef B2C_MANIFEST_H
#define B2C_MANIFEST_H

#include <stdio.h>

#include "model.h"

/*
 * Reads `text`, which came from `file`. Returns 0, or -EINVAL when it reported
 * errors to `diag`. Columns count bytes of `text`.
 */
int manifest_parse(const char *file, const char *text, struct b2c_arena *arena,
		   struct b2c_diag *diag, struct b2c_manifest *ret_manifest);

/*
 * Replaces every placeholder of `replace` in `source`, where a placeholder is
 * a whole identifier outside comments and literals. What was put in is not
 * searched again, and takes one line unless it has directives of the
 * preprocessor, so the lines of `source` keep their numbers. Returns 0, or
 * -EINVAL when a placeholder does not occur.
 */
int manifest_replace(const struct b2c_manifest *manifest, const char *source,
		     struct b2c_arena *arena, struct b2c_diag *diag, const char **ret_text);

/* Prints the model as stable text, one thing a line, with its place. */
void manifest_dump(const struct b2c_manifest *manifest, FILE *out);

/*
 * Writes the JSON schema of a manifest. Returns 0, or -EINVAL, which is a bug of ours, when
 * a key of the tables has no form or no help; each is named on stderr.
 */
int manifest_write_schema(FILE *out);

#endif
