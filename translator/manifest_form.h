// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What the values and mappings of a manifest look like, as data. The readers of
 * manifest_*.c take these forms and check these groups; manifest_schema.c writes them
 * as a JSON schema, so that an editor knows what the readers know.
 */
#ifndef B2C_MANIFEST_FORM_H
#define B2C_MANIFEST_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rule;
struct shape;

enum form_kind {
	FORM_RULE,	/* what the reader of `rule` takes, within its limits */
	FORM_TEXT,	/* a line that `pattern` matches, and that YAML takes for no number */
	FORM_SCALAR,	/* a number, a boolean, or text that `pattern` matches, if given */
	FORM_FLOAT,	/* above 0 and up to 100 */
	FORM_TRUE,	/* true alone */
	FORM_NULL,	/* no value */
	FORM_HOOK,	/* a word of attach_hooks.def, of the kinds that the rule is for */
	FORM_LIST,	/* each item is `of` */
	FORM_WORDS,	/* a mapping by the user's words, which `keys` matches, to `of` */
	FORM_SHAPE,	/* a mapping by rules */
};

struct form {
	enum form_kind kind;
	const struct rule *rule;
	uint64_t without;	/* RULE: choices left out, a bit each */
	const char *pattern;	/* TEXT, SCALAR */
	const char *keys;	/* WORDS; NULL: any word */
	const struct form *of;
	const struct shape *shape;
	size_t least;		/* items, or pairs */
	size_t most;		/* items; 0: any number */
	const struct form *or;	/* or the value is this */
};

/* Keys of a mapping that stand beside each other in its rules, and exclude each other. */
struct group {
	const char *first;	/* NULL: the end of a list of groups */
	size_t nr;
	unsigned int variants;	/* where the group counts; 0: in all */
	bool none;		/* there may be none of them... */
	bool several;		/* ...or several; else there is one */
	bool asked;		/* checked by the mapping's own reader */
};

/* A key that belongs to some words of the key `type` only. */
struct type_keys {
	const char *key;	/* NULL: the end of a list */
	uint64_t types;		/* indices of words, a bit each */
	uint64_t needed;	/* those that can't do without it */
	const char *or;		/* unless they have this key; NULL: none */
	const char *words;	/* the types, for messages */
};

/* What a mapping is, for reader_mapping. */
struct shape {
	const char *noun;	/* "an attach", for messages */
	const struct rule *rules;
	size_t nr_rules;
	unsigned int variant;	/* the bit that rules must have */
	const char *id;		/* of the schema and of manifest_help.def */
	const struct group *groups;
	const struct type_keys *type_keys;
};

#endif
