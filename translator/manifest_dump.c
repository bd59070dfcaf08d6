// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * A manifest as stable text, for --dump=manifest and the tests: one thing a
 * line, its members indented below it, strings in quotes, `@line:column` where
 * a thing stands. What is absent is not printed.
 */
#include "manifest.h"

#include <ctype.h>
#include <inttypes.h>

#include "dump_words.h"

static const char *const option_types[] = {
#define X(id, word, type, elements, read, argument) word,
	B2C_OPTION_TYPES(X)
#undef X
};

/* In the order of b2c_option_sets. */
static const char *const fact_words[] = {
	[B2C_FACT_WORD] = "fact",
	[B2C_FACT_SYMBOL] = "symbol",
	[B2C_FACT_FUNCTION] = "function",
	[B2C_FACT_TRACEPOINT] = "tracepoint",
	[B2C_FACT_MEMBER] = "member",
};

static const char *const option_sets[] = { NULL, "interval", "count", "duration" };

static void dump_string(const char *s, FILE *out)
{
	fputc('"', out);
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (c == '\n')
			fputs("\\n", out);
		else if (c == '"' || c == '\\')
			fprintf(out, "\\%c", c);
		else if (iscntrl(c))
			fprintf(out, "\\x%02x", c);
		else
			fputc(c, out);
	}
	fputc('"', out);
}

static void dump_place(struct b2c_loc loc, FILE *out)
{
	fprintf(out, " @%u:%u\n", loc.line, loc.column);
}

static void dump_word(const char *label, struct b2c_word word, FILE *out)
{
	if (!word.text)
		return;
	fprintf(out, "%s ", label);
	dump_string(word.text, out);
	dump_place(word.loc, out);
}

static void dump_number(const char *label, uint64_t number, FILE *out)
{
	if (number)
		fprintf(out, "%s %" PRIu64 "\n", label, number);
}

static void dump_option(const struct b2c_option *option, FILE *out)
{
	size_t i;

	dump_word("option", option->name, out);
	fprintf(out, "  type %s\n", option_types[option->type]);
	if (option->letter)
		fprintf(out, "  short %c\n", option->letter);
	dump_word("  help", option->help, out);
	dump_word("  default", option->default_text, out);
	if (option->default_text.text && option->type == B2C_OPTION_U64)
		fprintf(out, "  number %" PRIu64 "\n", (uint64_t)option->default_number);
	else if (option->default_text.text && option->type <= B2C_OPTION_PID &&
		 option->type != B2C_OPTION_STRING)
		fprintf(out, "  number %" PRId64 "\n", option->default_number);
	dump_number("  size", option->size, out);
	dump_number("  list", option->list, out);
	if (option->sets)
		fprintf(out, "  sets %s\n", option_sets[option->sets]);
	for (i = 0; i < option->nr_choices; i++)
		dump_word("  choice", option->choices[i], out);
	dump_word("  define", option->define, out);
}

static void dump_attach(const struct b2c_attach *attach, FILE *out)
{
	size_t i;

	fprintf(out, "attach %s", attach_kinds[attach->kind]);
	dump_place(attach->loc, out);
	dump_word("  run", attach->run, out);
	for (i = 0; i < attach->nr_targets; i++)
		dump_word("  target", attach->targets[i], out);
	dump_number("  offset", attach->offset, out);
	dump_number("  maxactive", attach->maxactive, out);
	dump_number("  address", attach->address, out);
	dump_word("  match", attach->match, out);
	dump_word("  binary", attach->binary, out);
	dump_word("  provider", attach->provider, out);
	dump_word(attach->kind == B2C_ATTACH_USDT ? "  probe" : "  symbol", attach->symbol, out);
	if (attach->event_key)
		fprintf(out, "  %s", attach->event_key);
	dump_word("", attach->event, out);
	dump_word("  interface", attach->interface, out);
	dump_word("  mode", attach->mode, out);
	dump_word("  cgroup", attach->cgroup, out);
	dump_word("  map", attach->map, out);
	dump_word("  netns", attach->netns, out);
	dump_number("  frequency", attach->frequency, out);
	dump_number("  period", attach->period, out);
	dump_word("  pid", attach->pid, out);
	dump_word("  cpu", attach->cpu, out);
	dump_word("  when", attach->when, out);
	if (!attach->trampoline)
		fputs("  no trampoline\n", out);
	if (attach->optional)
		fputs("  optional\n", out);
	if (attach->or_next)
		fputs("  or the next\n", out);
}

/* A choice is one line for its condition, then both texts. */
static void dump_caption(const char *label, const struct b2c_caption *caption, FILE *out)
{
	if (!caption->then) {
		dump_word(label, caption->plain, out);
		return;
	}
	fprintf(out, "%s", label);
	dump_word(" when", caption->when, out);
	dump_caption(label, caption->then, out);
	dump_caption(label, caption->otherwise, out);
}

static void dump_column(const char *label, const struct b2c_column *column, FILE *out)
{
	size_t i;

	fputs(label, out);
	dump_place(column->loc, out);
	dump_caption("    header", &column->header, out);
	dump_word("    key", column->key, out);
	if (column->width)
		fprintf(out, "    width %d\n", column->width);
	dump_number("    indent", column->indent, out);
	if (column->precision >= 0)
		fprintf(out, "    precision %d\n", column->precision);
	if (column->type != B2C_VALUE_AUTO)
		fprintf(out, "    type %s\n", value_types[column->type]);
	dump_word("    value", column->value, out);
	dump_word("    when", column->when, out);
	dump_word("    format", column->format, out);
	for (i = 0; i < column->nr_names; i++) {
		fprintf(out, "    number %s\n", column->names[i].text);
		dump_word("      name", column->names[i].name, out);
	}
	dump_word("    of", column->kernel_enum, out);
	dump_word("    prefix", column->prefix, out);
	dump_word("    else", column->unnamed, out);
	dump_word("    size", column->size, out);
	if (column->offset)
		fputs("    offset\n", out);
	if (column->module)
		fputs("    module\n", out);
	dump_word("    pid", column->pid, out);
	dump_word("    stack_map", column->stack_map, out);
}

static void dump_forms(const struct b2c_output *output, FILE *out)
{
	size_t i;

	for (i = 0; i < B2C_NR_STACK_FORMS; i++) {
		if (!output->forms[i].text)
			continue;
		fputs("  ", out);
		dump_word(stack_forms[i], output->forms[i], out);
	}
}

static void dump_lines(const char *name, const struct b2c_lines *lines, FILE *out)
{
	size_t i;

	if (lines->given)
		fprintf(out, "%s\n", name);
	for (i = 0; i < lines->nr; i++) {
		dump_word("    text", lines->items[i].text, out);
		dump_word("    value", lines->items[i].value, out);
		dump_word("      when", lines->items[i].when, out);
	}
}

static void dump_stack_lines(const char *name, const struct b2c_stack_lines *lines, FILE *out)
{
	size_t i;

	for (i = 0; i < lines->nr; i++) {
		const struct b2c_stack_line *line = &lines->items[i];

		fprintf(out, "  %s\n", name);
		dump_word("    text", line->text, out);
		dump_word("    value", line->value, out);
		dump_word("    kernel", line->kernel, out);
		dump_word("    user", line->user, out);
		dump_word("    pid", line->pid, out);
		dump_word("    key", line->key, out);
		dump_word("    indent", line->indent, out);
		if (line->address)
			fprintf(out, "    address %d\n", line->address);
		dump_number("    skip", line->skip, out);
		if (line->reversed)
			fputs("    reversed\n", out);
		dump_word("    when", line->when, out);
	}
}

/* When an output of a map is printed, and what stands above it. */
static void dump_times(const struct b2c_output *output, FILE *out)
{
	if (output->every_seconds)
		dump_number("  every", output->every_seconds, out);
	else if (output->kind != B2C_OUTPUT_EVENTS)
		fprintf(out, "  every %s\n", output->every_interval ? "interval" : "end");
	dump_word("  when", output->when, out);
	dump_word("  timestamp", output->timestamp, out);
	dump_word("  screen", output->screen, out);
	dump_lines("  above", &output->above, out);
	dump_lines("  below", &output->below, out);
	if (output->no_last)
		fputs("  no_last\n", out);
	if (output->clear)
		fputs("  clear\n", out);
}

static void dump_gather(const struct b2c_gather *gather, FILE *out)
{
	size_t i;

	dump_word("  gather", gather->by, out);
	dump_word("    when", gather->when, out);
	for (i = 0; i < gather->nr_parts; i++) {
		const struct b2c_gather_part *part = &gather->parts[i];

		dump_word("    part", part->name, out);
		dump_word("      if", part->condition, out);
		dump_word("      text", part->text, out);
		dump_word("      separator", part->separator, out);
		if (part->path)
			fputs("      path\n", out);
		if (part->first)
			fputs("      first\n", out);
		dump_word("      needed", part->needed, out);
	}
}

static void dump_rows(const struct b2c_output *output, FILE *out)
{
	dump_word("  sort", output->sort, out);
	dump_number("  top", output->top, out);
	dump_word("  top", output->top_value, out);
	dump_word("  rows", output->rows, out);
	if (output->summary)
		fputs("  summary\n", out);
	if (output->reversed)
		fputs("  reversed\n", out);
}

static void dump_output(const struct b2c_output *output, FILE *out)
{
	size_t i;

	fprintf(out, "output %s", output_kinds[output->kind]);
	dump_place(output->loc, out);
	dump_word("  map", output->map, out);
	if (output->kind == B2C_OUTPUT_HISTOGRAM && output->scale != B2C_SCALE_BUCKETS)
		fprintf(out, "  scale %s\n",
			output->scale == B2C_SCALE_LINEAR ? "linear" : "log2");
	dump_number("    step", output->step, out);
	dump_number("    from", output->from, out);
	for (i = 0; i < output->nr_buckets; i++)
		fprintf(out, "  bucket %" PRIu64 "\n", output->buckets[i]);
	for (i = 0; i < output->nr_percentiles; i++)
		fprintf(out, "  percentile %g\n", output->percentiles[i]);
	dump_caption("  unit", &output->unit, out);
	if (output->section.value.text)
		dump_column("  section", &output->section, out);
	for (i = 0; i < output->nr_columns; i++)
		dump_column("  column", &output->columns[i], out);
	if (output->no_header)
		fputs("  no_header\n", out);
	if (output->header_once)
		fputs("  header_once\n", out);
	dump_word("  record", output->record, out);
	dump_word("  if", output->condition, out);
	dump_gather(&output->gather, out);
	dump_word("  filter", output->filter, out);
	dump_rows(output, out);
	if (output->totals)
		fputs("  totals\n", out);
	for (i = 0; i < output->nr_total_keys; i++)
		dump_word("  total", output->total_keys[i], out);
	for (i = 0; i < output->nr_joins; i++) {
		dump_word("  join", output->joins[i].map, out);
		dump_word("    name", output->joins[i].name, out);
		dump_word("    key", output->joins[i].key, out);
		if (output->joins[i].clear)
			fputs("    clear\n", out);
		if (output->joins[i].rows)
			fputs("    rows\n", out);
	}
	if (output->percpu_list)
		fputs("  percpu list\n", out);
	dump_caption("  title", &output->title, out);
	dump_word("  kernel", output->kernel, out);
	dump_word("  user", output->user, out);
	dump_word("  pid", output->pid, out);
	dump_word("  comm", output->comm, out);
	dump_word("  count", output->count, out);
	dump_forms(output, out);
	dump_word("  stack_map", output->stack_map, out);
	dump_stack_lines("line", &output->lines, out);
	dump_stack_lines("fold", &output->fold, out);
	dump_times(output, out);
}

static void dump_map(const struct b2c_map_rule *rule, FILE *out)
{
	size_t i;

	dump_word("map", rule->map, out);
	if (rule->kind)
		fprintf(out, "  %s\n", fill_kinds[rule->kind]);
	for (i = 0; i < rule->nr_items; i++) {
		dump_word("    key", rule->items[i].key, out);
		dump_word("    value", rule->items[i].value, out);
		dump_word("    text", rule->items[i].text, out);
		dump_word("    member", rule->items[i].member, out);
	}
	dump_word("    keys", rule->keys, out);
	dump_word("    value", rule->value, out);
	dump_number("    maps", rule->nr_maps, out);
	dump_word("    event", rule->event, out);
	if (rule->kind == B2C_FILL_CPUS)
		dump_number("    queue", rule->queue, out);
	dump_word("  entries", rule->entries, out);
	dump_word("  buffer", rule->buffer, out);
}

void manifest_dump(const struct b2c_manifest *manifest, FILE *out)
{
	size_t i;

	if (!manifest->present) {
		fputs("no manifest\n", out);
		return;
	}
	dump_word("tool", manifest->tool, out);
	dump_word("summary", manifest->summary, out);
	dump_word("source", manifest->source, out);
	dump_word("code", manifest->code, out);
	for (i = 0; i < manifest->nr_options; i++)
		dump_option(&manifest->options[i], out);
	for (i = 0; i < manifest->nr_arguments; i++)
		fprintf(out, "argument %s\n", manifest->arguments[i].text);
	for (i = 0; i < manifest->nr_replaces; i++) {
		dump_word("replace", manifest->replaces[i].placeholder, out);
		dump_word("  when", manifest->replaces[i].when, out);
		dump_word("  text", manifest->replaces[i].text, out);
		dump_word("  else", manifest->replaces[i].otherwise, out);
	}
	for (i = 0; i < manifest->nr_attaches; i++)
		dump_attach(&manifest->attaches[i], out);
	for (i = 0; i < manifest->nr_outputs; i++)
		dump_output(&manifest->outputs[i], out);
	for (i = 0; i < B2C_NR_FILTERS; i++)
		if (manifest->filters.by >> i & 1)
			fprintf(out, "filter %s\n", filter_words[i]);
	for (i = 0; i < manifest->filters.nr_in; i++)
		dump_word("  in", manifest->filters.in[i], out);
	for (i = 0; i < manifest->nr_facts; i++) {
		const struct b2c_fact *fact = &manifest->facts[i];
		struct b2c_word word = fact->name;

		word.text = fact->of ? fact->of : word.text;
		dump_word(fact_words[fact->kind], word, out);
		if (manifest->facts[i].optional)
			fputs("  optional\n", out);
	}
	for (i = 0; i < manifest->nr_maps; i++)
		dump_map(&manifest->maps[i], out);
	if (manifest->prints_trace)
		fputs("trace\n", out);
	dump_lines("start", &manifest->start, out);
	dump_lines("end", &manifest->end, out);
}
