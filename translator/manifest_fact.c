// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * `facts` of a manifest: what the tool finds out about the host before the load, for
 * the program and for expressions: words, and symbols and functions of the kernel by their names.
 */
#include "manifest_parts.h"

#include <string.h>

static const char *const words[] = {
#define X(word, type, function, argument) word,
	B2C_FACTS(X)
#undef X
	NULL,
};

#define MEMBER(name) .offset = offsetof(struct b2c_fact, name)

static const struct rule name_rule = { .key = "function", .read = read_identifier };
static const struct form name_form = { FORM_RULE, .rule = &name_rule };

static void read_function(const struct value *value, void *ret_fact)
{
	struct b2c_fact *fact = ret_fact;

	read_identifier(value, &fact->name);
	fact->function = true;
}

static const struct rule symbol_rules[] = {
	{ .key = "symbol", .read = read_identifier, MEMBER(name) },
	{ .key = "function", .read = read_function, .form = &name_form },
	{ .key = "optional", .read = read_bool, MEMBER(optional) },
};

static const struct group symbol_groups[] = {
	{ .first = "symbol", .nr = 2 },
	{ .nr = 0 },
};
static const struct shape symbol_shape = {
	.noun = "a fact", .id = "fact", .rules = symbol_rules,
	.nr_rules = sizeof(symbol_rules) / sizeof(symbol_rules[0]), .groups = symbol_groups,
};
static const struct rule word_rule = { .key = "facts", .read = read_choice, .choices = words };
static const struct form word_form = { FORM_RULE, .rule = &word_rule };
static const struct form fact_form = { FORM_SHAPE, .shape = &symbol_shape, .or = &word_form };
const struct form facts_form = { FORM_LIST, .of = &fact_form };

static void read_word(const struct value *value, struct b2c_fact *fact)
{
	struct value word = *value;

	word.rule = &word_rule;
	read_choice_word(&word, &fact->name);
}

/* Whether what is said of a fact belongs to it; if not, after a report. */
static bool is_whole(const struct value *value, const struct b2c_fact *fact)
{
	if (!fact->function || !fact->optional)
		return true;
	diag_report(value->reader->diag, B2C_DIAG_manifest_key, value->loc,
		    "'optional' belongs to facts of symbols only");
	return false;
}

static void read_fact(const struct value *value, void *ret_manifest)
{
	struct b2c_manifest *manifest = ret_manifest;
	struct b2c_fact *facts = (struct b2c_fact *)manifest->facts, fact = { 0 };
	size_t i;

	fact.symbol = value->node->type == YAML_MAPPING_NODE;
	if (!fact.symbol)
		read_word(value, &fact);
	else if (!reader_mapping(value, &symbol_shape, &fact))
		return;
	fact.symbol = fact.symbol && !fact.function;
	if (!fact.name.text || !is_whole(value, &fact))
		return;
	for (i = 0; i < manifest->nr_facts; i++) {
		if (strcmp(facts[i].name.text, fact.name.text) != 0)
			continue;
		diag_report(value->reader->diag, B2C_DIAG_manifest_duplicate, value->loc,
			    "fact '%s' is given twice", fact.name.text);
		return;
	}
	*arena_append(value->reader->arena, facts, manifest->nr_facts) = fact;
	manifest->facts = facts;
}

void read_facts(const struct value *value, void *ret_manifest)
{
	reader_list(value, read_fact, ret_manifest);
}
