// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * `outputs` of a manifest: what is shown of which map, and how. The first key
 * of an entry is its kind, which says what other keys it takes.
 */
#include "manifest_parts.h"

#include <ctype.h>
#include <string.h>

#define KIND(id) (1u << B2C_OUTPUT_##id)
#define KIND_TRACE (1u << 4)	/* with columns an events output, else manifest.prints_trace */
#define KINDS_EVENTS (KIND(EVENTS) | KIND_TRACE)
#define KINDS_COLUMNS (KINDS_EVENTS | KIND(TABLE))
#define KINDS_MAP (KIND(HISTOGRAM) | KIND(TABLE) | KIND(STACKS))

static const char *const percpus[] = { "sum", "list", NULL };
static const char *const everies[] = { "interval", "end", NULL };
static const char *const headers[] = { "once", NULL };

/* An output as read. */
struct draft {
	struct b2c_output output;
	bool trace;
	bool last;
};

#define COLUMN(name) .offset = offsetof(struct b2c_column, name)

#define TYPE(id) (1ull << B2C_VALUE_##id)

static const struct rule section_type_rule = {
	.key = "type", .read = read_choice, .choices = value_type_words,
};
static const struct form section_type_form = {
	FORM_RULE, .rule = &section_type_rule,
	.without = TYPE(ENUM) | TYPE(FLAGS) | TYPE(DELTA) | TYPE(STACK),
};

static const struct rule section_rules[] = {
	{ .key = "header", .read = read_caption, COLUMN(header), .required = true,
	  .form = &caption_form },
	{ .key = "value", .read = read_expression, COLUMN(value), .required = true },
	{ .key = "type", .read = read_choice, COLUMN(type), .choices = value_type_words,
	  .form = &section_type_form },
	{ .key = "offset", .read = read_bool, COLUMN(offset) },
	{ .key = "module", .read = read_bool, COLUMN(module) },
	{ .key = "pid", .read = read_expression, COLUMN(pid) },
};

static const struct shape section_shape = {
	.noun = "a section", .id = "section", .rules = section_rules,
	.nr_rules = sizeof(section_rules) / sizeof(section_rules[0]),
	.type_keys = column_type_keys,
};
static const struct form section_form = { FORM_SHAPE, .shape = &section_shape };

static void read_section(const struct value *value, void *ret_column)
{
	struct b2c_column *section = ret_column;

	section->loc = value->loc;
	if (!reader_mapping(value, &section_shape, section))
		return;
	check_type_keys(value, section);
	if (section->type == B2C_VALUE_STACK)
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "a section has no place for a stack");
	if (section->type == B2C_VALUE_ENUM || section->type == B2C_VALUE_FLAGS)
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "a section has no table of names, so that its type can't be '%s'",
			    value_type_words[section->type]);
}

#define OUTPUT(name) .offset = offsetof(struct draft, output.name)

/* A number, or an expression over opt. */
static void read_top(const struct value *value, void *ret_output)
{
	struct b2c_output *output = ret_output;
	const char *s = (const char *)value->node->data.scalar.value;

	if (value->node->type == YAML_SCALAR_NODE && strstr(s, "opt."))
		read_expression(value, &output->top_value);
	else
		read_u64(value, &output->top);
}

static void read_percpu(const struct value *value, void *ret_bool)
{
	unsigned int index = 0;

	read_choice(value, &index);
	*(bool *)ret_bool = index == 1;
}

/* Seconds, or a word. */
static void read_every(const struct value *value, void *ret_output)
{
	struct b2c_output *output = ret_output;
	const char *s = (const char *)value->node->data.scalar.value;

	if (node_is_plain(value->node) && (isdigit((unsigned char)*s) || *s == '-'))
		read_u64(value, &output->every_seconds);
	else
		read_choice_word(value, &output->every);
}

static void read_total(const struct value *value, void *ret_output)
{
	struct b2c_output *output = ret_output;
	struct b2c_word *keys = (struct b2c_word *)output->total_keys, word = { 0 };

	read_line(value, &word);
	if (!word.text)
		return;
	*arena_append(value->reader->arena, keys, output->nr_total_keys) = word;
	output->total_keys = keys;
}

/* `true`, or a list of keys of columns. */
static void read_totals(const struct value *value, void *ret_output)
{
	struct b2c_output *output = ret_output;

	if (value->node->type == YAML_SEQUENCE_NODE)
		reader_list(value, read_total, output);
	else
		read_bool(value, &output->totals);
}

/* A boolean, or `once`. */
static void read_header(const struct value *value, void *ret_output)
{
	struct b2c_output *output = ret_output;
	const char *s = (const char *)value->node->data.scalar.value;
	bool header = true;

	if (value->node->type == YAML_SCALAR_NODE && !strcmp(s, headers[0]))
		output->header_once = true;
	else
		read_bool(value, &header);
	output->no_header = !header;
}

/* What the readers above take. */
static const struct rule once_rule = { .key = "header", .read = read_choice, .choices = headers };
static const struct rule header_rule = { .key = "header", .read = read_bool };
static const struct form once_form = { FORM_RULE, .rule = &once_rule };
static const struct form header_form = { FORM_RULE, .rule = &header_rule, .or = &once_form };

static const struct rule top_rule = { .key = "top", .read = read_u64, .min = 1, .max = UINT32_MAX };
static const struct form top_value_form = { FORM_TEXT, .pattern = "opt\\." };
static const struct form top_form = { FORM_RULE, .rule = &top_rule, .or = &top_value_form };

static const struct rule percpu_rule = { .key = "percpu", .read = read_choice, .choices = percpus };
static const struct form percpu_form = { FORM_RULE, .rule = &percpu_rule };

static const struct rule seconds_rule = {
	.key = "every", .read = read_u64, .min = 1, .max = INT32_MAX,
};
static const struct rule every_rule = { .key = "every", .read = read_choice, .choices = everies };
static const struct form seconds_form = { FORM_RULE, .rule = &seconds_rule };
static const struct form every_form = { FORM_RULE, .rule = &every_rule, .or = &seconds_form };

static const struct rule total_rule = { .key = "totals", .read = read_line };
static const struct rule totals_rule = { .key = "totals", .read = read_bool };
static const struct form total_form = { FORM_RULE, .rule = &total_rule };
static const struct form all_form = { FORM_RULE, .rule = &totals_rule };
static const struct form totals_form = { FORM_LIST, .of = &total_form, .or = &all_form };

/* The kinds come first, NR_KINDS of them, in the order of b2c_output_kind. */
static const struct rule output_rules[] = {
	{ .key = "histogram", .read = read_identifier, OUTPUT(map), .variants = KIND(HISTOGRAM) },
	{ .key = "events", .read = read_identifier, OUTPUT(map), .variants = KIND(EVENTS) },
	{ .key = "table", .read = read_identifier, OUTPUT(map), .variants = KIND(TABLE) },
	{ .key = "stacks", .read = read_identifier, OUTPUT(map), .variants = KIND(STACKS) },
	{ .key = "trace", .read = read_bool, .offset = offsetof(struct draft, trace),
	  .variants = KIND_TRACE },
	{ .key = "columns", .read = read_columns, .offset = offsetof(struct draft, output),
	  .variants = KINDS_COLUMNS, .form = &columns_form },
	{ .key = "header", .read = read_header, .offset = offsetof(struct draft, output),
	  .variants = KINDS_COLUMNS, .form = &header_form },
	{ .key = "record", .read = read_line, OUTPUT(record), .variants = KIND(EVENTS) },
	{ .key = "if", .read = read_expression, OUTPUT(condition), .variants = KINDS_EVENTS },
	{ .key = "filter", .read = read_expression, OUTPUT(filter), .variants = KINDS_COLUMNS },
	{ .key = "gather", .read = read_gather, OUTPUT(gather), .variants = KINDS_EVENTS,
	  .form = &gather_form },
	{ .key = "scale", .read = read_scale, .offset = offsetof(struct draft, output),
	  .variants = KIND(HISTOGRAM), .form = &scale_form },
	{ .key = "buckets", .read = read_buckets, .offset = offsetof(struct draft, output),
	  .variants = KIND(HISTOGRAM), .min = 0, .max = INT64_MAX, .form = &buckets_form },
	{ .key = "percentiles", .read = read_percentiles,
	  .offset = offsetof(struct draft, output), .variants = KIND(HISTOGRAM),
	  .form = &percentiles_form },
	{ .key = "unit", .read = read_caption, OUTPUT(unit),
	  .variants = KIND(HISTOGRAM) | KIND(STACKS), .form = &caption_form },
	{ .key = "section", .read = read_section, OUTPUT(section), .variants = KIND(HISTOGRAM),
	  .form = &section_form },
	{ .key = "sort", .read = read_expression, OUTPUT(sort),
	  .variants = KIND(TABLE) | KIND(STACKS) },
	{ .key = "top", .read = read_top, .offset = offsetof(struct draft, output),
	  .variants = KIND(TABLE) | KIND(STACKS), .min = 1, .max = UINT32_MAX,
	  .form = &top_form },
	{ .key = "rows", .read = read_expression, OUTPUT(rows), .variants = KIND(TABLE) },
	{ .key = "summary", .read = read_bool, OUTPUT(summary), .variants = KIND(TABLE) },
	{ .key = "reversed", .read = read_bool, OUTPUT(reversed), .variants = KIND(TABLE) },
	{ .key = "totals", .read = read_totals, .offset = offsetof(struct draft, output),
	  .variants = KIND(TABLE), .form = &totals_form },
	{ .key = "join", .read = read_joins, .offset = offsetof(struct draft, output),
	  .variants = KIND(TABLE), .form = &joins_form },
	{ .key = "percpu", .read = read_percpu, OUTPUT(percpu_list), .variants = KIND(TABLE),
	  .choices = percpus, .form = &percpu_form },
	{ .key = "title", .read = read_title, OUTPUT(title),
	  .variants = KIND(HISTOGRAM) | KIND(TABLE), .form = &title_form },
	{ .key = "kernel", .read = read_expression, OUTPUT(kernel), .variants = KIND(STACKS) },
	{ .key = "user", .read = read_expression, OUTPUT(user), .variants = KIND(STACKS) },
	{ .key = "lines", .read = read_stack_lines, OUTPUT(lines), .variants = KIND(STACKS),
	  .form = &stack_lines_form },
	{ .key = "pid", .read = read_expression, OUTPUT(pid), .variants = KIND(STACKS) },
	{ .key = "comm", .read = read_expression, OUTPUT(comm), .variants = KIND(STACKS) },
	{ .key = "count", .read = read_expression, OUTPUT(count), .variants = KIND(STACKS) },
#define X(id, word, bit) \
	{ .key = word, .read = read_expression, OUTPUT(forms[B2C_FORM_##id]), \
	  .variants = KIND(STACKS) },
	B2C_STACK_FORMS(X)
#undef X
	{ .key = "stack_map", .read = read_identifier, OUTPUT(stack_map),
	  .variants = KIND(STACKS) },
	{ .key = "fold", .read = read_stack_lines, OUTPUT(fold), .variants = KIND(STACKS),
	  .form = &stack_lines_form },
	{ .key = "every", .read = read_every, .offset = offsetof(struct draft, output),
	  .variants = KINDS_MAP, .choices = everies, .min = 1, .max = INT32_MAX,
	  .form = &every_form },
	{ .key = "when", .read = read_expression, OUTPUT(when),
	  .variants = KINDS_MAP | KINDS_EVENTS },
	{ .key = "timestamp", .read = read_expression, OUTPUT(timestamp), .variants = KINDS_MAP },
	{ .key = "screen", .read = read_expression, OUTPUT(screen), .variants = KINDS_MAP },
	{ .key = "above", .read = read_lines, OUTPUT(above), .variants = KINDS_MAP,
	  .form = &lines_form },
	{ .key = "below", .read = read_lines, OUTPUT(below), .variants = KINDS_MAP,
	  .form = &lines_form },
	{ .key = "last", .read = read_bool, .offset = offsetof(struct draft, last),
	  .variants = KINDS_MAP },
	{ .key = "clear", .read = read_bool, OUTPUT(clear), .variants = KINDS_MAP },
	{ .key = "each", .read = read_each, .variants = KINDS_MAP | KIND(EVENTS),
	  .form = &each_form },
};

#define NR_KINDS 5

static const struct group output_groups[] = {
	{ .first = "histogram", .nr = NR_KINDS, .asked = true },
	{ .first = "scale", .nr = 2, .variants = KIND(HISTOGRAM), .none = true },
	{ .first = "kernel", .nr = 3, .variants = KIND(STACKS), .several = true },
	{ .nr = 0 },
};
static const struct shape output_shape = {
	.noun = "an output", .id = "output", .rules = output_rules,
	.nr_rules = sizeof(output_rules) / sizeof(output_rules[0]), .groups = output_groups,
};
static const struct form output_form = { FORM_SHAPE, .shape = &output_shape };
const struct form outputs_form = { FORM_LIST, .of = &output_form };

static const char *const nouns[NR_KINDS] = {
	"a histogram", "an events output", "a table", "a stacks output", "a trace",
};

/* Whether the lines are the records of rows. */
static bool read_trace(const struct value *value, struct draft *draft)
{
	struct b2c_output *output = &draft->output;

	if (!output->nr_columns) {
		if (output->condition.text || output->filter.text || output->gather.by.text ||
		    output->no_header)
			diag_report(value->reader->diag, B2C_DIAG_manifest_missing, value->loc,
				    "a trace without 'columns' is lines, which have neither "
				    "conditions nor headers");
		return false;
	}
	output->kind = B2C_OUTPUT_EVENTS;
	output->map = (struct b2c_word){ .text = B2C_TRACE_LINES, .loc = value->loc };
	output->is_trace = true;
	return draft->trace;
}

static void read_one(const struct value *value, void *ret_manifest)
{
	struct shape shape = output_shape;
	struct b2c_manifest *manifest = ret_manifest;
	struct b2c_output *outputs = (struct b2c_output *)manifest->outputs;
	struct draft draft = {
		.output.loc = value->loc,
		.output.section.precision = -1,
		.last = true,
	};
	const struct rule *kind;

	if (value->node->type != YAML_MAPPING_NODE) {
		reader_wrong_type(value, "a mapping");
		return;
	}
	shape.variant = ~0u;
	kind = reader_variant(value, &output_shape, output_rules, NR_KINDS);
	if (kind) {
		shape.noun = nouns[kind - output_rules];
		shape.variant = kind->variants;
		draft.output.kind = (enum b2c_output_kind)(kind - output_rules);
	}
	reader_mapping(value, &shape, &draft);
	if (!kind)
		return;
	if (kind->variants == KIND_TRACE && !read_trace(value, &draft)) {
		manifest->prints_trace |= draft.trace;
		return;
	}
	draft.output.no_last = !draft.last;
	check_stack_lines(value, &draft.output);
	if (draft.output.header_once && draft.output.kind != B2C_OUTPUT_TABLE)
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "the header of events is printed once anyway");
	*arena_append(value->reader->arena, outputs, manifest->nr_outputs) = draft.output;
	manifest->outputs = outputs;
}

static void read_output(const struct value *value, void *ret_manifest)
{
	reader_repeat(value, read_one, ret_manifest);
}

void read_outputs(const struct value *value, void *ret_manifest)
{
	reader_list(value, read_output, ret_manifest);
}
