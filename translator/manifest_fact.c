// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * `facts` of a manifest: what the tool finds out about the host before the load, for
 * the program and for expressions: words, and by their names symbols, functions, tracepoints
 * and members of the kernel.
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

static void read_symbol(const struct value *value, void *ret_fact)
{
	struct b2c_fact *fact = ret_fact;

	read_identifier(value, &fact->name);
	fact->kind = B2C_FACT_SYMBOL;
	fact->of = fact->name.text;
}

static void read_function(const struct value *value, void *ret_fact)
{
	struct b2c_fact *fact = ret_fact;

	read_symbol(value, fact);
	fact->kind = B2C_FACT_FUNCTION;
}

/* Two names with `between` between them; `host` has them with '_'. */
static void read_pair(const struct value *value, char between, struct b2c_fact *fact)
{
	struct b2c_arena *arena = value->reader->arena;
	struct b2c_word word = { 0 };
	const char *right;
	char *left;

	read_line(value, &word);
	if (!word.text)
		return;
	right = strchr(word.text, between);
	left = arena_strndup(arena, word.text, right ? (size_t)(right - word.text) : 0);
	if (!right || !word_is_identifier(left) || !word_is_identifier(right + 1)) {
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'%s' must be two names with '%c' between them, not '%s'", value->key,
			    between, word.text);
		return;
	}
	fact->of = word.text;
	word.text = arena_printf(arena, "%s_%s", left, right + 1);
	fact->name = word;
}

static void read_tracepoint(const struct value *value, void *ret_fact)
{
	struct b2c_fact *fact = ret_fact;

	read_pair(value, ':', fact);
	fact->kind = B2C_FACT_TRACEPOINT;
}

static void read_member(const struct value *value, void *ret_fact)
{
	struct b2c_fact *fact = ret_fact;

	read_pair(value, '.', fact);
	fact->kind = B2C_FACT_MEMBER;
}

static const struct rule name_rule = { .key = "function", .read = read_identifier };
static const struct form name_form = { FORM_RULE, .rule = &name_rule };
static const struct form tracepoint_form = {
	FORM_TEXT, .pattern = "^[A-Za-z_][A-Za-z0-9_]*:[A-Za-z_][A-Za-z0-9_]*$",
};
static const struct form member_form = {
	FORM_TEXT, .pattern = "^[A-Za-z_][A-Za-z0-9_]*[.][A-Za-z_][A-Za-z0-9_]*$",
};

static const struct rule symbol_rules[] = {
	{ .key = "symbol", .read = read_symbol, .form = &name_form },
	{ .key = "function", .read = read_function, .form = &name_form },
	{ .key = "tracepoint", .read = read_tracepoint, .form = &tracepoint_form },
	{ .key = "member", .read = read_member, .form = &member_form },
	{ .key = "optional", .read = read_bool, MEMBER(optional) },
};

static const struct group symbol_groups[] = {
	{ .first = "symbol", .nr = 4 },
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
	if (fact->kind == B2C_FACT_SYMBOL || !fact->optional)
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

	if (value->node->type != YAML_MAPPING_NODE)
		read_word(value, &fact);
	else if (!reader_mapping(value, &symbol_shape, &fact))
		return;
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
