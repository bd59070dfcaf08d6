// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The JSON schema of a manifest (draft 7, which all YAML servers of editors read), written
 * from the tables that the parser reads by. Each mapping is a definition; those whose keys
 * depend on a kind that stands outside of them, a definition for each kind.
 */
#include "manifest.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "manifest_parts.h"
#include "text.h"

#define DEFINITIONS_MAX 64
#define HOOK_WORDS_MAX 32

struct definition {
	const struct shape *shape;
	const struct rule *under;	/* the kind that its rules are for; NULL: all */
};

struct schema {
	FILE *out;
	struct definition definitions[DEFINITIONS_MAX];
	size_t nr_definitions;
	bool incomplete;	/* a table has what this file does not know */
};

/* Scalars, each a definition of its own. */
#define IDENTIFIER "^\\\\s*[A-Za-z_][A-Za-z0-9_]*\\\\s*$"
#define C_NAME "^\\\\s*[A-Za-z][A-Za-z0-9_-]*\\\\s*$"
#define ONE_LINE "^\\\\s*[^\\\\s\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*\\\\s*$"
#define ANY_SCALAR "\"type\": [\"string\", \"number\", \"boolean\"]"

static const struct {
	const char *id;
	void (*read)(const struct value *value, void *ret_member);
	const char *json;
} scalars[] = {
	{ "line", read_line, ANY_SCALAR ", \"pattern\": \"" ONE_LINE "\"" },
	{ "code", read_code, ANY_SCALAR },
	{ "expression", read_expression, ANY_SCALAR ", \"pattern\": \"\\\\S\"" },
	{ "identifier", read_identifier,
	  "\"type\": \"string\", \"pattern\": \"" IDENTIFIER "\"" },
	{ "name", read_name, "\"type\": \"string\", \"pattern\": \"" C_NAME "\"" },
	{ "boolean", read_bool,
	  "\"enum\": [true, false, \"yes\", \"no\", \"Yes\", \"No\", \"YES\", \"NO\"]" },
};

#define NR_SCALARS (sizeof(scalars) / sizeof(scalars[0]))

static const struct help {
	const char *id, *key, *text;
} helps[] = {
#define HELP(id, key, text) { id, key, text },
#include "manifest_help.def"
#undef HELP
};

#define NR_HELPS (sizeof(helps) / sizeof(helps[0]))

static void write_string(struct schema *schema, const char *s)
{
	fputc('"', schema->out);
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			fputc('\\', schema->out);
		fputc(*s, schema->out);
	}
	fputc('"', schema->out);
}

static void write_words(struct schema *schema, const char *const *words, uint64_t without)
{
	const char *comma = "";
	size_t i;

	fputs("\"enum\": [", schema->out);
	for (i = 0; words[i]; i++) {
		if (without >> i & 1)
			continue;
		fputs(comma, schema->out);
		write_string(schema, words[i]);
		comma = ", ";
	}
	fputc(']', schema->out);
}

/* ---- forms ---- */

static void write_form(struct schema *schema, const struct form *form, const struct rule *under);

static void write_name(struct schema *schema, const struct definition *definition)
{
	fputs(definition->shape->id, schema->out);
	if (definition->under)
		fprintf(schema->out, "-%s", definition->under->key);
}

/* Rules of kinds that stand outside of the mapping, as those of hooks. */
static bool depends_on_kind(const struct shape *shape)
{
	bool depends = false;
	size_t i;

	for (i = 0; i < shape->nr_rules; i++)
		depends |= shape->rules[i].variants != 0;
	return depends && !(shape->groups && shape->groups->asked);
}

static void write_reference(struct schema *schema, const struct shape *shape,
			    const struct rule *under)
{
	struct definition definition = { shape, depends_on_kind(shape) ? under : NULL };
	size_t i;

	for (i = 0; i < schema->nr_definitions; i++)
		if (!strcmp(schema->definitions[i].shape->id, shape->id) &&
		    schema->definitions[i].under == definition.under)
			break;
	if (i == DEFINITIONS_MAX) {
		schema->incomplete = true;
		return;
	}
	schema->definitions[i] = definition;
	schema->nr_definitions += i == schema->nr_definitions;
	fputs("\"$ref\": \"#/definitions/", schema->out);
	write_name(schema, &definition);
	fputc('"', schema->out);
}

static void write_reader(struct schema *schema, const struct rule *rule, uint64_t without)
{
	size_t i;

	for (i = 0; i < NR_SCALARS; i++) {
		if (scalars[i].read != rule->read)
			continue;
		fprintf(schema->out, "\"$ref\": \"#/definitions/%s\"", scalars[i].id);
		return;
	}
	if (rule->read == read_choice || rule->read == read_choice_word) {
		write_words(schema, rule->choices, without);
		return;
	}
	if (rule->read != read_u64 && rule->read != read_int) {
		schema->incomplete = true;
		fprintf(stderr, "the key '%s' has no form\n", rule->key);
		return;
	}
	fprintf(schema->out, "\"type\": \"integer\", \"minimum\": %" PRId64
		", \"maximum\": %" PRId64, rule->min, rule->max);
}

static void write_hooks(struct schema *schema, const struct rule *under)
{
	const char *words[HOOK_WORDS_MAX] = { NULL };

	hook_words(under->variants, words);
	write_words(schema, words, 0);
}

static void write_list(struct schema *schema, const struct form *form, const struct rule *under)
{
	fputs("\"type\": \"array\", ", schema->out);
	if (form->least)
		fprintf(schema->out, "\"minItems\": %zu, ", form->least);
	if (form->most)
		fprintf(schema->out, "\"maxItems\": %zu, ", form->most);
	fputs("\"items\": {", schema->out);
	write_form(schema, form->of, under);
	fputc('}', schema->out);
}

static void write_pairs(struct schema *schema, const struct form *form, const struct rule *under)
{
	fputs("\"type\": \"object\", ", schema->out);
	if (form->least)
		fprintf(schema->out, "\"minProperties\": %zu, ", form->least);
	if (form->keys) {
		fputs("\"propertyNames\": {\"pattern\": ", schema->out);
		write_string(schema, form->keys);
		fputs("}, ", schema->out);
	}
	fputs("\"additionalProperties\": {", schema->out);
	write_form(schema, form->of, under);
	fputc('}', schema->out);
}

/* One form without those that may stand in its place. */
static void write_alternative(struct schema *schema, const struct form *form,
			      const struct rule *under)
{
	switch (form->kind) {
	case FORM_RULE:
		write_reader(schema, form->rule, form->without);
		break;
	case FORM_TEXT:
		fputs("\"type\": \"string\", \"pattern\": ", schema->out);
		write_string(schema, form->pattern);
		break;
	case FORM_SCALAR:
		fputs(ANY_SCALAR, schema->out);
		if (!form->pattern)
			break;
		fputs(", \"pattern\": ", schema->out);
		write_string(schema, form->pattern);
		break;
	case FORM_FLOAT:
		fputs("\"type\": \"number\", \"exclusiveMinimum\": 0, \"maximum\": 100",
		      schema->out);
		break;
	case FORM_TRUE:
		fputs("\"enum\": [true, \"yes\", \"Yes\", \"YES\"]", schema->out);
		break;
	case FORM_NULL:
		fputs("\"type\": \"null\"", schema->out);
		break;
	case FORM_HOOK:
		write_hooks(schema, under);
		break;
	case FORM_LIST:
		write_list(schema, form, under);
		break;
	case FORM_WORDS:
		write_pairs(schema, form, under);
		break;
	case FORM_SHAPE:
		write_reference(schema, form->shape, under);
		break;
	}
}

static void write_form(struct schema *schema, const struct form *form, const struct rule *under)
{
	const char *comma = "";

	if (!form->or) {
		write_alternative(schema, form, under);
		return;
	}
	fputs("\"anyOf\": [", schema->out);
	for (; form; form = form->or) {
		fprintf(schema->out, "%s{", comma);
		write_alternative(schema, form, under);
		fputc('}', schema->out);
		comma = ", ";
	}
	fputc(']', schema->out);
}

/* ---- mappings ---- */

static bool is_of(const struct rule *rule, const struct rule *under)
{
	return !rule->variants || !under || (rule->variants & under->variants);
}

static const char *help_of(struct schema *schema, const char *id, const char *key)
{
	size_t i;

	for (i = 0; i < NR_HELPS; i++)
		if (!strcmp(helps[i].id, id) && !strcmp(helps[i].key, key))
			return helps[i].text;
	schema->incomplete = true;
	fprintf(stderr, "manifest_help.def has no '%s' of '%s'\n", key, id);
	return "";
}

static void write_properties(struct schema *schema, const struct definition *definition)
{
	const struct shape *shape = definition->shape;
	const char *comma = "";
	size_t i;

	fputs("      \"properties\": {", schema->out);
	for (i = 0; i < shape->nr_rules; i++) {
		const struct rule *rule = &shape->rules[i];

		if (!is_of(rule, definition->under))
			continue;
		fprintf(schema->out, "%s\n        \"%s\": {\"description\": ", comma, rule->key);
		write_string(schema, help_of(schema, shape->id, rule->key));
		fputs(", ", schema->out);
		if (rule->form)
			write_form(schema, rule->form,
				   definition->under ? definition->under : rule);
		else
			write_reader(schema, rule, 0);
		fputc('}', schema->out);
		comma = ",";
	}
	fputs("\n      }", schema->out);
}

static void write_required(struct schema *schema, const struct definition *definition)
{
	const struct shape *shape = definition->shape;
	const char *comma = "";
	size_t i;

	fputs(",\n      \"required\": [", schema->out);
	for (i = 0; i < shape->nr_rules; i++) {
		const struct rule *rule = &shape->rules[i];

		if (!rule->required || !is_of(rule, definition->under))
			continue;
		fprintf(schema->out, "%s\"%s\"", comma, rule->key);
		comma = ", ";
	}
	fputc(']', schema->out);
}

/* The first rules of a shape that stand for kinds; NULL when it has none. */
static const struct group *kinds_of(const struct shape *shape)
{
	const struct group *group = shape->groups;

	return group && group->asked ? group : NULL;
}

/* {"required": ["kprobe"]}, ...: that one of the `nr` rules' keys is there. */
static void write_keys(struct schema *schema, const struct rule *rules, size_t nr,
		       unsigned int variants)
{
	const char *comma = "";
	size_t i;

	for (i = 0; i < nr; i++) {
		if (variants && !(rules[i].variants & variants))
			continue;
		fprintf(schema->out, "%s{\"required\": [\"%s\"]}", comma, rules[i].key);
		comma = ", ";
	}
}

/* "key": [other keys of which one must be there]: keys that belong to some kinds only. */
static void write_kind_keys(struct schema *schema, const struct shape *shape,
			    const char **comma)
{
	const struct group *kinds = kinds_of(shape);
	size_t i;

	for (i = kinds->nr; i < shape->nr_rules; i++) {
		if (!shape->rules[i].variants)
			continue;
		fprintf(schema->out, "%s\n        \"%s\": {\"anyOf\": [", *comma,
			shape->rules[i].key);
		write_keys(schema, shape->rules, kinds->nr, shape->rules[i].variants);
		fputs("]}", schema->out);
		*comma = ",";
	}
}

static const struct rule *rule_of(const struct shape *shape, const char *key)
{
	size_t i;

	for (i = 0; i < shape->nr_rules; i++)
		if (!strcmp(shape->rules[i].key, key))
			return &shape->rules[i];
	return NULL;
}

/* Without its word, `type` is the first. */
static void write_types(struct schema *schema, const struct shape *shape, uint64_t types)
{
	fputs("\"properties\": {\"type\": {", schema->out);
	write_words(schema, rule_of(shape, "type")->choices, ~types);
	fprintf(schema->out, "}}%s", types & 1 ? "" : ", \"required\": [\"type\"]");
}

static void write_type_keys(struct schema *schema, const struct shape *shape,
			    const char **comma)
{
	const struct type_keys *row;

	for (row = shape->type_keys; row && row->key; row++) {
		if (!rule_of(shape, row->key))
			continue;
		fprintf(schema->out, "%s\n        \"%s\": {", *comma, row->key);
		write_types(schema, shape, row->types);
		fputc('}', schema->out);
		*comma = ",";
	}
}

static void write_needed(struct schema *schema, const struct shape *shape, const char **comma)
{
	const struct type_keys *row;

	for (row = shape->type_keys; row && row->key; row++) {
		if (!row->needed || !rule_of(shape, row->key))
			continue;
		fprintf(schema->out, "%s\n        {\"if\": {", *comma);
		write_types(schema, shape, row->needed);
		fprintf(schema->out, "}, \"then\": {\"anyOf\": [{\"required\": [\"%s\"]}",
			row->key);
		if (row->or)
			fprintf(schema->out, ", {\"required\": [\"%s\"]}", row->or);
		fputs("]}}", schema->out);
		*comma = ",";
	}
}

static void write_group(struct schema *schema, const struct shape *shape,
			const struct group *group)
{
	const struct rule *first = rule_of(shape, group->first);

	if (group->variants) {
		fputs("\"if\": {\"anyOf\": [", schema->out);
		write_keys(schema, shape->rules, kinds_of(shape)->nr, group->variants);
		fputs("]}, \"then\": {", schema->out);
	}
	fprintf(schema->out, "\"%s\": [", group->several ? "anyOf" : "oneOf");
	write_keys(schema, first, group->nr, 0);
	if (group->none) {
		fputs(", {\"not\": {\"anyOf\": [", schema->out);
		write_keys(schema, first, group->nr, 0);
		fputs("]}}", schema->out);
	}
	fputs(group->variants ? "]}" : "]", schema->out);
}

/* What excludes each other, and what has to be there. */
static void write_groups(struct schema *schema, const struct shape *shape, const char **comma)
{
	const struct type_keys *row;
	const struct group *group;

	for (group = shape->groups; group && group->first; group++) {
		fprintf(schema->out, "%s\n        {", *comma);
		write_group(schema, shape, group);
		fputc('}', schema->out);
		*comma = ",";
	}
	for (row = shape->type_keys; row && row->key; row++) {
		if (!row->or || !rule_of(shape, row->key))
			continue;
		fprintf(schema->out, "%s\n        {\"not\": {\"required\": [\"%s\", \"%s\"]}}",
			*comma, row->key, row->or);
		*comma = ",";
	}
}

/* A comma is at first what opens the list or object that it goes on with. */
static void write_shape(struct schema *schema, const struct definition *definition)
{
	const char *comma = ",\n      \"dependencies\": {";

	fputs("      \"type\": \"object\",\n      \"additionalProperties\": false,\n",
	      schema->out);
	write_properties(schema, definition);
	write_required(schema, definition);
	if (kinds_of(definition->shape))
		write_kind_keys(schema, definition->shape, &comma);
	write_type_keys(schema, definition->shape, &comma);
	fputs(comma[1] ? "" : "\n      }", schema->out);
	comma = ",\n      \"allOf\": [";
	write_groups(schema, definition->shape, &comma);
	write_needed(schema, definition->shape, &comma);
	fputs(comma[1] ? "" : "\n      ]", schema->out);
}

static void write_definitions(struct schema *schema)
{
	size_t i;

	for (i = 0; i < NR_SCALARS; i++)
		fprintf(schema->out, "%s\n    \"%s\": {%s}", i ? "," : "", scalars[i].id,
			scalars[i].json);
	/* the first one is the root; writing one may add others */
	for (i = 0; i < schema->nr_definitions; i++) {
		const struct definition *definition = &schema->definitions[i];

		fputs(",\n    \"", schema->out);
		write_name(schema, definition);
		fputs("\": {\n", schema->out);
		write_shape(schema, definition);
		fputs("\n    }", schema->out);
	}
}

static bool help_is_used(const struct schema *schema, const struct help *help)
{
	size_t i;

	for (i = 0; i < schema->nr_definitions; i++)
		if (!strcmp(schema->definitions[i].shape->id, help->id) &&
		    rule_of(schema->definitions[i].shape, help->key))
			return true;
	fprintf(stderr, "manifest_help.def has '%s' of '%s', which is no key\n", help->key,
		help->id);
	return false;
}

int manifest_write_schema(FILE *out)
{
	struct schema schema = { .out = out };
	size_t i;

	fputs("{\n  \"$schema\": \"http://json-schema.org/draft-07/schema#\",\n"
	      "  \"title\": \"Manifest of a tool of bcc2core\",\n"
	      "  \"allOf\": [{", out);
	write_reference(&schema, &manifest_shape, NULL);
	fputs("}],\n  \"definitions\": {", out);
	write_definitions(&schema);
	fputs("\n  }\n}\n", out);
	for (i = 0; i < NR_HELPS; i++)
		schema.incomplete |= !help_is_used(&schema, &helps[i]);
	return schema.incomplete ? -EINVAL : 0;
}
