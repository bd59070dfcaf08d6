// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * `replace` of a manifest: puts its texts in place of the placeholders of the
 * source, before anything parses it.
 */
#include "manifest.h"

#include <errno.h>
#include <string.h>

#include "ctoken.h"
#include "text.h"

/* Whether a line of the text is a directive, which must stay a line. */
static bool has_directive(const char *s)
{
	bool line_begins = true;
	enum ctoken token;
	size_t n;

	for (; *s; s += n) {
		n = ctoken_length(s, &token);
		if (token == CTOKEN_PUNCTUATOR && *s == '#' && line_begins)
			return true;
		line_begins = token == CTOKEN_NEWLINE ||
			      (line_begins && (token == CTOKEN_BLANK ||
					       token == CTOKEN_BLOCK_COMMENT));
	}
	return false;
}

/* The text on one line: blanks, newlines and comments become one space. */
static void append_joined(struct b2c_text *out, const char *s)
{
	bool blank = false, any = false;
	enum ctoken token;
	size_t n;

	for (; *s; s += n) {
		n = ctoken_length(s, &token);
		if (token <= CTOKEN_BLOCK_COMMENT) {
			blank = true;
			continue;
		}
		if (blank && any)
			text_append(out, " ");
		text_append_n(out, s, n);
		blank = false;
		any = true;
	}
}

static bool line_is_blank(const char *s)
{
	s += strspn(s, " \t\r");
	return !*s || *s == '\n';
}

/* The text on lines of its own; `rest` is what follows the placeholder. */
static void append_lines(struct b2c_text *out, const char *s, const char *rest)
{
	size_t size = strlen(s), i = out->size;

	while (i && strchr(" \t", out->data[i - 1]))
		i--;
	if (i && out->data[i - 1] != '\n')
		text_append(out, "\n");
	while (size && strchr(" \t\r\n", s[size - 1]))
		size--;
	text_append_n(out, s, size);
	if (!line_is_blank(rest))
		text_append(out, "\n");
}

static const struct b2c_replace *replace_find(const struct b2c_manifest *manifest,
					      const char *word, size_t n)
{
	size_t i;

	for (i = 0; i < manifest->nr_replaces; i++) {
		const char *placeholder = manifest->replaces[i].placeholder.text;

		if (!strncmp(placeholder, word, n) && !placeholder[n])
			return &manifest->replaces[i];
	}
	return NULL;
}

static void report_unused(const struct b2c_replace *replace, const char *source,
			  struct b2c_diag *diag)
{
	const char *word = replace->placeholder.text;

	diag_report(diag, B2C_DIAG_replace_unused, replace->placeholder.loc,
		    "placeholder '%s' does not occur in the source", word);
	if (strstr(source, word))
		diag_help(diag, "a placeholder is a whole identifier, outside comments and "
			  "literals");
	else
		diag_help(diag, "take it out of 'replace', or write it into the source");
}

static void replace_all(const struct b2c_manifest *manifest, const char *source,
			struct b2c_text *out, bool *used)
{
	const struct b2c_replace *replace;
	enum ctoken token;
	size_t n;

	for (; *source; source += n) {
		n = ctoken_length(source, &token);
		replace = token == CTOKEN_IDENTIFIER ?
			replace_find(manifest, source, n) : NULL;
		if (!replace) {
			text_append_n(out, source, n);
			continue;
		}
		used[replace - manifest->replaces] = true;
		if (replace->keeps_lines || has_directive(replace->text.text))
			append_lines(out, replace->text.text, source + n);
		else
			append_joined(out, replace->text.text);
	}
}

int manifest_replace(const struct b2c_manifest *manifest, const char *source,
		     struct b2c_arena *arena, struct b2c_diag *diag, const char **ret_text)
{
	bool *used = arena_alloc(arena, manifest->nr_replaces * sizeof(*used));
	struct b2c_text out = { 0 };
	int err = 0;
	size_t i;

	replace_all(manifest, source, &out, used);
	*ret_text = arena_strdup(arena, text_string(&out));
	text_free(&out);
	for (i = 0; i < manifest->nr_replaces; i++) {
		if (used[i])
			continue;
		report_unused(&manifest->replaces[i], source, diag);
		err = -EINVAL;
	}
	return err;
}
