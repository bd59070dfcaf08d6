// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Mappings and lists of a manifest, read by tables of rules. Whatever is wrong
 * with keys is found here once, for every mapping: unknown, given twice,
 * missing, not fitting the variant.
 */
#include "manifest_parts.h"

#include <string.h>

#include "text.h"

static const char *node_type_name(const yaml_node_t *node)
{
	if (node->type == YAML_MAPPING_NODE)
		return "a mapping";
	if (node->type == YAML_SEQUENCE_NODE)
		return "a list";
	return "a scalar";
}

void reader_wrong_type(const struct value *value, const char *wanted)
{
	struct b2c_diag *diag = value->reader->diag;
	const char *item = value->item ? "an item of " : "";

	if (value->node->type != YAML_SCALAR_NODE)
		diag_report(diag, B2C_DIAG_manifest_type, value->loc, "%s'%s' must be %s, not %s",
			    item, value->key, wanted, node_type_name(value->node));
	else if (node_is_null(value->node))
		diag_report(diag, B2C_DIAG_manifest_type, value->loc,
			    "%s'%s' must be %s and has no value", item, value->key, wanted);
	else
		diag_report(diag, B2C_DIAG_manifest_type, value->loc,
			    "%s'%s' must be %s, not %s'%s'", item, value->key, wanted,
			    node_is_plain(value->node) ? "" : "the string ",
			    (const char *)value->node->data.scalar.value);
}

/* YAML's own tags are what the readers find out for themselves. */
static bool tag_is_known(const yaml_node_t *node)
{
	static const char *const tags[] = {
		YAML_NULL_TAG, YAML_BOOL_TAG, YAML_STR_TAG, YAML_INT_TAG,
		YAML_FLOAT_TAG, YAML_SEQ_TAG, YAML_MAP_TAG,
	};
	size_t i;

	for (i = 0; node->tag && i < sizeof(tags) / sizeof(tags[0]); i++)
		if (!strcmp((const char *)node->tag, tags[i]))
			return true;
	return !node->tag;
}

static struct value value_of(struct reader *reader, int index, const char *key,
			     const struct rule *rule)
{
	struct value value = { .reader = reader, .key = key, .rule = rule };

	value.node = yaml_document_get_node(&reader->document, index);
	value.loc = reader_loc(reader, value.node);
	if (!tag_is_known(value.node))
		diag_report(reader->diag, B2C_DIAG_manifest_type, value.loc,
			    "'%s' has the tag '%s', which a manifest does not know", key,
			    (const char *)value.node->tag);
	return value;
}

/* The key as a word; text NULL, after a report, when it is no scalar. */
static struct b2c_word key_word(struct reader *reader, const yaml_node_pair_t *pair)
{
	yaml_node_t *node = yaml_document_get_node(&reader->document, pair->key);
	struct b2c_word word = { .loc = reader_loc(reader, node) };

	if (node->type != YAML_SCALAR_NODE)
		diag_report(reader->diag, B2C_DIAG_manifest_type, word.loc,
			    "a key must be a word, not %s", node_type_name(node));
	else
		word.text = arena_strdup(reader->arena, (const char *)node->data.scalar.value);
	return word;
}

yaml_node_t *reader_lookup(const struct value *value, const char *key)
{
	yaml_document_t *document = &value->reader->document;
	const yaml_node_pair_t *pair;
	const yaml_node_t *node;

	if (value->node->type != YAML_MAPPING_NODE)
		return NULL;
	for (pair = value->node->data.mapping.pairs.start;
	     pair < value->node->data.mapping.pairs.top; pair++) {
		node = yaml_document_get_node(document, pair->key);
		if (node->type == YAML_SCALAR_NODE &&
		    !strcmp((const char *)node->data.scalar.value, key))
			return yaml_document_get_node(document, pair->value);
	}
	return NULL;
}

static const struct rule *rule_find(const struct shape *shape, const char *key)
{
	size_t i;

	for (i = 0; i < shape->nr_rules; i++)
		if (!strcmp(shape->rules[i].key, key))
			return &shape->rules[i];
	return NULL;
}

static bool rule_fits(const struct shape *shape, const struct rule *rule)
{
	return !rule->variants || (rule->variants & shape->variant);
}

/* Returns the rule that the key was meant to be, NULL if none is near. */
static const struct rule *report_unknown_key(struct reader *reader, const struct shape *shape,
					     struct b2c_word key)
{
	const char *known[SHAPE_MAX];
	struct b2c_text list = { 0 };
	const char *nearest;
	size_t i, nr = 0;

	diag_report(reader->diag, B2C_DIAG_manifest_key, key.loc, "%s has no key '%s'",
		    shape->noun, key.text);
	for (i = 0; i < shape->nr_rules; i++) {
		if (!rule_fits(shape, &shape->rules[i]))
			continue;
		text_printf(&list, "%s%s", nr ? ", " : "", shape->rules[i].key);
		known[nr++] = shape->rules[i].key;
	}
	nearest = diag_nearest(key.text, known, nr);
	if (nearest)
		diag_help(reader->diag, "did you mean '%s'?", nearest);
	else if (strchr(key.text, ' '))
		diag_help(reader->diag, "put text that holds a comma into quotes");
	else
		diag_help(reader->diag, "it knows: %s", text_string(&list));
	text_free(&list);
	return nearest ? rule_find(shape, nearest) : NULL;
}

static void report_twice(struct reader *reader, struct b2c_word key, struct b2c_loc first)
{
	diag_report(reader->diag, B2C_DIAG_manifest_duplicate, key.loc, "'%s' is given twice",
		    key.text);
	diag_note(reader->diag, first, "'%s' is given here first", key.text);
}

/* What a mapping has of one rule's key. */
struct seen {
	struct b2c_loc loc;	/* of the key; line 0 if there is none */
	bool meant;		/* misspelt, so not reported as missing too */
};

/* Reads one pair; `seen` has an item for each rule of the shape. */
static void pair_read(struct reader *reader, const yaml_node_pair_t *pair,
		      const struct shape *shape, struct seen *seen, void *ret_object)
{
	struct b2c_word key = key_word(reader, pair);
	const struct rule *rule;
	struct value value;

	if (!key.text)
		return;
	rule = rule_find(shape, key.text);
	if (!rule) {
		rule = report_unknown_key(reader, shape, key);
		if (rule)
			seen[rule - shape->rules].meant = true;
		return;
	}
	if (!rule_fits(shape, rule)) {
		diag_report(reader->diag, B2C_DIAG_manifest_key, key.loc,
			    "'%s' does not belong to %s", key.text, shape->noun);
		return;
	}
	if (seen[rule - shape->rules].loc.line) {
		report_twice(reader, key, seen[rule - shape->rules].loc);
		return;
	}
	seen[rule - shape->rules].loc = key.loc;
	value = value_of(reader, pair->value, rule->key, rule);
	rule->read(&value, (char *)ret_object + rule->offset);
}

static void check_groups(const struct value *value, const struct shape *shape)
{
	const struct group *group;
	const struct rule *rules;
	size_t i, given;

	for (group = shape->groups; group && group->first; group++) {
		if (group->asked || (group->variants && !(group->variants & shape->variant)))
			continue;
		rules = rule_find(shape, group->first);
		for (i = 0, given = 0; i < group->nr; i++)
			given += reader_lookup(value, rules[i].key) != NULL;
		if ((given || !group->none) && (given < 2 || !group->several))
			reader_variant(value, shape, rules, group->nr);
	}
}

bool reader_mapping(const struct value *value, const struct shape *shape, void *ret_object)
{
	struct seen seen[SHAPE_MAX] = { 0 };
	const yaml_node_pair_t *pair;
	size_t i;

	if (value->node->type != YAML_MAPPING_NODE) {
		reader_wrong_type(value, "a mapping");
		return false;
	}
	for (pair = value->node->data.mapping.pairs.start;
	     pair < value->node->data.mapping.pairs.top; pair++)
		pair_read(value->reader, pair, shape, seen, ret_object);
	for (i = 0; i < shape->nr_rules; i++) {
		const struct rule *rule = &shape->rules[i];

		if (rule->required && rule_fits(shape, rule) && !seen[i].loc.line &&
		    !seen[i].meant)
			diag_report(value->reader->diag, B2C_DIAG_manifest_missing, value->loc,
				    "%s needs '%s'", shape->noun, rule->key);
	}
	check_groups(value, shape);
	return true;
}

bool reader_list(const struct value *value, void (*item)(const struct value *item, void *arg),
		 void *arg)
{
	const yaml_node_item_t *index;

	if (value->node->type != YAML_SEQUENCE_NODE) {
		reader_wrong_type(value, "a list");
		return false;
	}
	for (index = value->node->data.sequence.items.start;
	     index < value->node->data.sequence.items.top; index++) {
		struct value entry = value_of(value->reader, *index, value->key, value->rule);

		entry.item = true;
		item(&entry, arg);
	}
	return true;
}

/* Place of an earlier pair with the same key; line 0 if there is none. */
static struct b2c_loc earlier_pair(const struct value *value, const yaml_node_pair_t *pair,
				   const char *key)
{
	yaml_document_t *document = &value->reader->document;
	const yaml_node_pair_t *other;

	for (other = value->node->data.mapping.pairs.start; other < pair; other++) {
		const yaml_node_t *node = yaml_document_get_node(document, other->key);

		if (node->type == YAML_SCALAR_NODE &&
		    !strcmp((const char *)node->data.scalar.value, key))
			return reader_loc(value->reader, node);
	}
	return (struct b2c_loc){ 0 };
}

bool reader_entries(const struct value *value,
		    void (*entry)(const struct value *entry, struct b2c_word key, void *arg),
		    void *arg)
{
	const yaml_node_pair_t *pair;

	if (value->node->type != YAML_MAPPING_NODE) {
		reader_wrong_type(value, "a mapping");
		return false;
	}
	for (pair = value->node->data.mapping.pairs.start;
	     pair < value->node->data.mapping.pairs.top; pair++) {
		struct b2c_word key = key_word(value->reader, pair);
		struct b2c_loc first;
		struct value under;

		if (!key.text)
			continue;
		first = earlier_pair(value, pair, key.text);
		if (first.line) {
			report_twice(value->reader, key, first);
			continue;
		}
		under = value_of(value->reader, pair->value, key.text, value->rule);
		entry(&under, key, arg);
	}
	return true;
}

/* Whether every key of the mapping is a word of the shape, whatever its variant. */
static bool keys_are_known(const struct value *value, const struct shape *shape)
{
	yaml_document_t *document = &value->reader->document;
	const yaml_node_pair_t *pair;

	for (pair = value->node->data.mapping.pairs.start;
	     pair < value->node->data.mapping.pairs.top; pair++) {
		const yaml_node_t *node = yaml_document_get_node(document, pair->key);

		if (node->type != YAML_SCALAR_NODE ||
		    !rule_find(shape, (const char *)node->data.scalar.value))
			return false;
	}
	return true;
}

static void report_no_variant(const struct value *value, const char *noun,
			      const struct rule *rules, size_t nr)
{
	struct b2c_text list = { 0 };
	size_t i;

	for (i = 0; i < nr; i++)
		text_printf(&list, "%s%s", i ? ", " : "", rules[i].key);
	diag_report(value->reader->diag, B2C_DIAG_manifest_missing, value->loc,
		    "%s needs one of: %s", noun, text_string(&list));
	text_free(&list);
}

const struct rule *reader_variant(const struct value *value, const struct shape *shape,
				  const struct rule *rules, size_t nr)
{
	const struct rule *found = NULL;
	size_t i;

	for (i = 0; i < nr; i++) {
		if (!reader_lookup(value, rules[i].key))
			continue;
		if (found) {
			diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
				    "'%s' and '%s' exclude each other", found->key, rules[i].key);
			return NULL;
		}
		found = &rules[i];
	}
	if (!found && keys_are_known(value, shape))
		report_no_variant(value, shape->noun, rules, nr);
	return found;
}
