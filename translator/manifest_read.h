// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Reading YAML by tables, for the manifest_*.c files alone. A mapping is read
 * with an array of rules, one per key: which function reads the value, into
 * which member, within which limits. Readers report what is wrong and go on,
 * so one run shows every mistake of the file.
 */
#ifndef B2C_MANIFEST_READ_H
#define B2C_MANIFEST_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <yaml.h>

#include "manifest_form.h"
#include "model.h"

struct reader;

/* A node of the document and the key that it was found under. */
struct value {
	struct reader *reader;
	yaml_node_t *node;
	const char *key;	/* for messages; never NULL */
	bool item;		/* of a list that stands under the key */
	struct b2c_loc loc;
	const struct rule *rule;
};

/* One key of a mapping. */
struct rule {
	const char *key;
	void (*read)(const struct value *value, void *ret_member);
	size_t offset;		/* of the member in the mapping's struct */
	unsigned int variants;	/* bits of the variants that take it; 0: all */
	bool required;
	int64_t min, max;	/* numbers */
	const char *const *choices;	/* words, NULL at the end */
	const struct form *form;	/* what `read` takes, unless manifest_schema.c knows it */
};

#define SHAPE_MAX 64		/* rules of one shape at most */

/* What stands in place of a word while an entry with `each` is read; name NULL: nothing. */
struct reader_item {
	const char *name, *text;
	const char *number;	/* another word, for how many items stood before; NULL: none */
	size_t index;
};

struct reader {
	struct reader_item item;
	struct b2c_manifest *manifest;
	struct b2c_arena *arena;
	struct b2c_diag *diag;
	const char *file;
	const char *text;
	struct reader_line *lines;	/* from code points to bytes */
	size_t nr_lines;
	yaml_document_t document;
};

/* ---- manifest_yaml.c: the document ---- */

/* Loads the one document of the text. Returns its root, or NULL after a report. */
yaml_node_t *reader_open(struct reader *reader);
void reader_close(struct reader *reader);

struct b2c_loc reader_loc(const struct reader *reader, const yaml_node_t *node);

/* Place of the first `word` in the text at or after `loc`; `loc` itself when absent. */
struct b2c_loc reader_find(const struct reader *reader, struct b2c_loc loc, const char *word);

/* ---- manifest_rules.c: mappings and lists ---- */

/* Reads a mapping into `ret_object` by the shape's rules; false if it is none. */
bool reader_mapping(const struct value *value, const struct shape *shape, void *ret_object);

/* Calls `item` for each item of a list; false if it is none. */
bool reader_list(const struct value *value, void (*item)(const struct value *item, void *arg),
		 void *arg);

/*
 * Calls `entry` for each key of a mapping whose keys are the user's words, with
 * the key's word; false if it is none.
 */
bool reader_entries(const struct value *value,
		    void (*entry)(const struct value *entry, struct b2c_word key, void *arg),
		    void *arg);

/* The value under a key of a mapping; NULL when there is none. */
yaml_node_t *reader_lookup(const struct value *value, const char *key);

/*
 * The one rule among `nr` of the shape's rules whose key the mapping has.
 * Reports, and returns NULL, when there are several, or none and no unknown key
 * of the mapping explains it. Returns NULL for what is no mapping.
 */
const struct rule *reader_variant(const struct value *value, const struct shape *shape,
				  const struct rule *rules, size_t nr);

/* Reports "'key' must be WANTED, not ..." as a wrong type. */
void reader_wrong_type(const struct value *value, const char *wanted);

/* ---- manifest_value.c: scalars; all fit struct rule's `read` ---- */

bool node_is_plain(const yaml_node_t *node);	/* a scalar without quotes */
bool node_is_null(const yaml_node_t *node);
const char *value_string(const struct value *value);

void read_line(const struct value *value, void *ret_word);	/* one line of text */
void read_code(const struct value *value, void *ret_word);	/* C text, may be empty */
void read_expression(const struct value *value, void *ret_word);
void read_identifier(const struct value *value, void *ret_word);
void read_name(const struct value *value, void *ret_word);	/* identifier, '-' allowed */
void read_bool(const struct value *value, void *ret_bool);
void read_u64(const struct value *value, void *ret_u64);	/* rule's min and max */
void read_int(const struct value *value, void *ret_int);
void read_choice(const struct value *value, void *ret_index);	/* unsigned int or enum */
void read_choice_word(const struct value *value, void *ret_word);

/* Adds a word that was read to a list, reports one that is there; none that could not be read. */
void reader_add_word(const struct value *value, struct b2c_word word,
		     const struct b2c_word **items, size_t *nr_items);

/* Reports a value that is none of `choices`, with the nearest. */
void report_choice(const struct value *value, const char *word, const char *const *choices);

/* ---- manifest_each.c: entries for each item of a list ---- */

extern const struct form each_form;
/* The key `each` of a mapping, which reader_repeat has looked at. */
void read_each(const struct value *value, void *ret_nothing);
bool reader_has_each(const struct value *value);
/* Reads the value once for each item of its `each`; once when it has none. */
void reader_repeat(const struct value *value,
		   void (*read)(const struct value *value, void *ret_object), void *ret_object);
/* `text` with the item in it that is read now. */
const char *reader_put_item(const struct reader *reader, const char *text);

/* ---- helpers without a document ---- */

bool word_is_identifier(const char *word);
bool word_is_keyword(const char *word);	/* of C */
/* The word with '-' as '_'. */
const char *word_normalize(struct b2c_arena *arena, const char *word);

/* A number in decimal or hexadecimal. Returns 0, -EINVAL (none) or -ERANGE. */
int number_parse(const char *s, bool *ret_negative, uint64_t *ret_magnitude);
/* The same of a scalar without quotes; -EINVAL is reported. */
int reader_number(const struct value *value, bool *ret_negative, uint64_t *ret_magnitude);

#endif
