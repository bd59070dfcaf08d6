// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Dumps of unit and plan; see plan_dump.h. Absent things have no line. */
#include "plan_dump.h"

#include "dump_words.h"
#include "host_values.h"

static const char *const map_kinds[] = {
#define X(id, type, word) word,
	B2C_MAP_KINDS(X)
#undef X
};

static const char *const host_values[] = {
#define X(id, variable, value, what, function) variable,
	B2C_HOST_VALUES(X)
#undef X
};

static void dump_flag(const char *name, bool on, FILE *out)
{
	if (on)
		fprintf(out, " %s", name);
}

static void dump_type(const char *name, const struct b2c_type *type, FILE *out)
{
	if (type)
		fprintf(out, " %s=%s", name, type->spelling);
}

/* ---- unit ---- */

static void dump_map(const struct b2c_map *map, FILE *out)
{
	size_t i;

	fprintf(out, "map %s %s", map->name, map_kinds[map->kind]);
	dump_flag("histogram", map->histogram, out);
	dump_type("key", map->key, out);
	dump_type("value", map->value, out);
	for (i = 0; i < map->nr_events; i++)
		dump_type("event", map->events[i], out);
	dump_flag("ring", map->as_ring, out);
	if (map->max_entries)
		fprintf(out, " max_entries=%llu", (unsigned long long)map->max_entries);
	if (map->flags)
		fprintf(out, " flags=%#llx", (unsigned long long)map->flags);
	if (map->inner)
		fprintf(out, " inner=%s", map->inner);
	if (map->pin)
		fprintf(out, " pin=%s", map->pin);
	fprintf(out, " line=%u\n", map->loc.line);
}

static void dump_program(const struct b2c_program *program, FILE *out)
{
	fprintf(out, "program %s", program->name);
	if (program->kind != B2C_ATTACH_NONE)
		fprintf(out, " %s", attach_kinds[program->kind]);
	if (program->target && *program->target)
		fprintf(out, " target=%s", program->target);
	dump_flag("self_attach", program->self_attach, out);
	fprintf(out, " line=%u", program->loc.line);
	if (program->reads)
		fprintf(out, " reads=%#x", (unsigned int)program->reads);
	fputc('\n', out);
	for (size_t i = 0; i < program->nr_arguments; i++)
		fprintf(out, "argument %s position=%u: %s\n", program->arguments[i].variable,
			program->arguments[i].position, program->arguments[i].what);
	if (program->fast)
		dump_program(program->fast, out);
}

static void dump_record(const struct b2c_type *type, FILE *out)
{
	size_t i;

	fprintf(out, "record %s size=%llu align=%llu\n", type->spelling,
		(unsigned long long)type->size, (unsigned long long)type->align);
	for (i = 0; i < type->nr_fields; i++) {
		const struct b2c_member *field = &type->fields[i];

		fprintf(out, "  %llu %s %s", (unsigned long long)field->offset,
			*field->name ? field->name : "-", field->type->spelling);
		if (field->bit_width)
			fprintf(out, " bits=%u:%u", field->bit_offset, field->bit_width);
		fputc('\n', out);
	}
}

static void dump_record_of(const char *what, const char *map, const struct b2c_type *type,
			   FILE *out)
{
	if (!type || type->kind != B2C_TYPE_RECORD)
		return;
	fprintf(out, "%s of %s: ", what, map);
	dump_record(type, out);
}

void unit_dump(const struct b2c_unit *unit, FILE *out)
{
	size_t i, k;

	for (i = 0; i < unit->nr_maps; i++) {
		const struct b2c_map *map = &unit->maps[i];

		dump_map(map, out);
		for (k = 0; k < map->nr_events; k++)
			dump_record_of("event", map->name, map->events[k], out);
		dump_record_of("key", map->name, map->key, out);
		dump_record_of("value", map->name, map->value, out);
	}
	for (i = 0; i < unit->nr_programs; i++)
		dump_program(&unit->programs[i], out);
	if (unit->uses_trace_printk)
		fputs("uses trace_printk\n", out);
	if (unit->uses_helpers)
		fputs("uses helpers\n", out);
	if (unit->uses_endian)
		fputs("uses endian\n", out);
	if (unit->uses_usdt)
		fputs("uses usdt\n", out);
	if (unit->uses_packet)
		fputs("uses packet\n", out);
	for (i = 0; i < B2C_NR_HOST_VALUES; i++)
		if (unit->host_values >> i & 1)
			fprintf(out, "host %s\n", host_values[i]);
	if (unit->license)
		fprintf(out, "license %s\n", unit->license);
	fprintf(out, "source:\n%s", unit->bpf_source);
}

/* ---- plan ---- */

static void dump_word(const char *name, const char *text, FILE *out)
{
	if (text)
		fprintf(out, " %s=%s", name, text);
}

static void dump_probe(const struct b2c_plan_probe *probe, FILE *out)
{
	size_t i;

	fprintf(out, "probe %s %s", probe->program->name, attach_kinds[probe->kind]);
	for (i = 0; i < probe->nr_targets; i++)
		fprintf(out, " %s", probe->targets[i]);
	if (probe->attach) {
		if (probe->attach->offset)
			fprintf(out, " offset=%llu", (unsigned long long)probe->attach->offset);
		if (probe->attach->maxactive)
			fprintf(out, " maxactive=%llu",
				(unsigned long long)probe->attach->maxactive);
		if (probe->attach->address)
			fprintf(out, " address=%#llx",
				(unsigned long long)probe->attach->address);
		dump_word("match", probe->attach->match.text, out);
		dump_word("binary", probe->attach->binary.text, out);
		dump_word("provider", probe->attach->provider.text, out);
		dump_word("symbol", probe->attach->symbol.text, out);
		dump_word("event", probe->attach->event.text, out);
		dump_word("pid", probe->attach->pid.text, out);
		dump_word("cpu", probe->attach->cpu.text, out);
		dump_word("when", probe->attach->when.text, out);
		dump_flag("optional", probe->attach->optional, out);
	}
	dump_flag("or_next", probe->or_next, out);
	fputc('\n', out);
}

/* "(opt.ms ? 'msecs' : 'usecs')" */
static void dump_text(const struct b2c_caption *caption, FILE *out)
{
	if (!caption->then) {
		fprintf(out, "'%s'", caption->plain.text);
		return;
	}
	fprintf(out, "(%s ? ", caption->when.text);
	dump_text(caption->then, out);
	fputs(" : ", out);
	dump_text(caption->otherwise, out);
	fputc(')', out);
}

static void dump_caption(const char *name, const struct b2c_caption *caption, FILE *out)
{
	if (!caption)
		return;
	fprintf(out, "  %s ", name);
	dump_text(caption, out);
	fputc('\n', out);
}

static void dump_column(const char *what, const struct b2c_plan_column *column, FILE *out)
{
	if (!column)
		return;
	fprintf(out, "  %s", what);
	if (*column->header)
		fprintf(out, " '%s' key=%s width=%d", column->header, column->key, column->width);
	if (column->precision >= 0)
		fprintf(out, " precision=%d", column->precision);
	fprintf(out, " %s: %s", value_types[column->type], column->value);
	if (column->size)
		fprintf(out, " [%s]", column->size);
	if (column->limit)
		fprintf(out, " size=(%s)", column->limit->value);
	if (column->asked)
		dump_word("of", column->asked->kernel_enum.text, out);
	if (column->asked && column->asked->unnamed.text)
		fprintf(out, " else='%s'", column->asked->unnamed.text);
	if (column->when)
		fprintf(out, " when=(%s)", column->when->value);
	dump_flag("total", column->is_total, out);
	dump_flag("largest", column->is_largest, out);
	dump_flag("offset", column->offset, out);
	dump_flag("module", column->module, out);
	if (column->pid)
		fprintf(out, " pid=%s", column->pid);
	if (column->stack_map)
		fprintf(out, " stack_map=%s", column->stack_map);
	if (column->loc.line)
		fprintf(out, " line=%u", column->loc.line);
	fputc('\n', out);
	dump_caption("  header", column->headers, out);
}

static const char *const scales[] = {
	[B2C_SCALE_LOG2] = "log2",
	[B2C_SCALE_LINEAR] = "linear",
	[B2C_SCALE_BUCKETS] = "buckets",
};

static void dump_lines(const char *name, const struct b2c_plan_lines *lines, FILE *out)
{
	size_t i;

	for (i = 0; lines && i < lines->nr; i++) {
		const struct b2c_plan_line *line = &lines->items[i];

		fprintf(out, "%s '%s'\n", name, line->text ? line->text : line->value->value);
		dump_column("when", line->when, out);
	}
}

static void dump_times(const struct b2c_plan_output *output, FILE *out)
{
	dump_lines("  above", output->above, out);
	dump_lines("  below", output->below, out);
	dump_column("when", output->when, out);
	dump_column("timestamp", output->timestamp, out);
	dump_column("screen", output->screen, out);
}

/* Which records are rows, or parts of them. */
static void dump_records(const struct b2c_plan_output *output, FILE *out)
{
	const struct b2c_plan_gather *gather = &output->gather;
	size_t i;

	dump_column("if", output->condition, out);
	dump_column("gather", gather->by, out);
	dump_column("when", gather->when, out);
	for (i = 0; i < gather->nr; i++) {
		fprintf(out, "  part %s\n", gather->parts[i].name);
		dump_column("  if", gather->parts[i].condition, out);
		dump_column("  text", gather->parts[i].text, out);
		dump_column("  needed", gather->parts[i].needed, out);
	}
	dump_column("filter", output->filter, out);
}

static void dump_stack_lines(const char *name, const struct b2c_plan_stack_lines *lines, FILE *out)
{
	size_t i;

	for (i = 0; i < lines->nr; i++) {
		fprintf(out, "  %s\n", name);
		dump_column("  value", lines->items[i].value, out);
		dump_column("  id", lines->items[i].id, out);
		dump_column("  pid", lines->items[i].pid, out);
		dump_column("  when", lines->items[i].when, out);
	}
}

static void dump_joins(const struct b2c_plan_output *output, FILE *out)
{
	size_t i;

	for (i = 0; i < output->nr_joins; i++) {
		fprintf(out, "  join %s map=%s\n", output->joins[i].name,
			output->joins[i].map->name);
		dump_column("  key", output->joins[i].key, out);
	}
}

static void dump_output(const struct b2c_plan_output *output, FILE *out)
{
	size_t i;

	fprintf(out, "output %s %s", output_kinds[output->kind], output->map->name);
	if (output->is_shared)
		fprintf(out, " as=%s record=%s", output->name, output->event->spelling);
	if (output->stack_map)
		fprintf(out, " stack_map=%s", output->stack_map->name);
	if (output->kind == B2C_OUTPUT_HISTOGRAM)
		fprintf(out, " scale=%s", scales[output->scale]);
	if (output->asked && output->asked->step)
		fprintf(out, " step=%llu from=%llu", (unsigned long long)output->asked->step,
			(unsigned long long)output->asked->from);
	dump_word("unit", output->units ? NULL : output->unit, out);
	dump_word("slot", output->slot, out);
	if (output->top)
		fprintf(out, " top=%llu", (unsigned long long)output->top);
	if (output->sum_size)
		fprintf(out, " sum_size=%llu", (unsigned long long)output->sum_size);
	dump_word("sort_key", output->sort_key, out);
	dump_word("sort_option", output->sort_option, out);
	dump_flag("ascending", output->ascending, out);
	dump_flag("percpu_list", output->percpu_list, out);
	if (output->every_seconds)
		fprintf(out, " every=%llu", (unsigned long long)output->every_seconds);
	dump_flag("every_interval", output->every_interval, out);
	dump_flag("no_last", output->no_last, out);
	dump_flag("clear", output->clear, out);
	dump_flag("no_header", output->no_header, out);
	dump_flag("header_once", output->header_once, out);
	dump_flag("reversed", output->reversed, out);
	dump_flag("summary", output->summary, out);
	dump_flag("default", !output->asked, out);
	fputc('\n', out);
	for (i = 0; i < output->nr_columns; i++)
		dump_column("column", &output->columns[i], out);
	for (i = 0; i < output->nr_sections; i++)
		dump_column("section", &output->sections[i], out);
	dump_records(output, out);
	dump_caption("unit", output->units, out);
	dump_caption("title", output->titles, out);
	if (output->title && !output->titles)
		fprintf(out, "  title '%s'\n", output->title);
	dump_joins(output, out);
	for (i = 0; i < output->nr_totals; i++)
		dump_column("total", &output->totals[i], out);
	dump_column("sort", output->sort, out);
	dump_column("top", output->top_value, out);
	dump_column("rows", output->rows, out);
	dump_times(output, out);
	dump_column("kernel", output->stacks.kernel, out);
	dump_column("user", output->stacks.user, out);
	dump_column("pid", output->stacks.pid, out);
	dump_column("comm", output->stacks.comm, out);
	dump_column("count", output->stacks.count, out);
	for (i = 0; i < B2C_NR_STACK_FORMS; i++)
		dump_column(stack_forms[i], output->stacks.forms[i], out);
	dump_stack_lines("line", &output->stacks.lines, out);
	dump_stack_lines("fold", &output->stacks.fold, out);
}

static void dump_plan_map(const struct b2c_plan_map *map, FILE *out)
{
	const struct b2c_map_rule *asked = map->asked;
	size_t i;

	fprintf(out, "map %s", map->map->name);
	dump_word("entries", asked->entries.text, out);
	if (asked->kind)
		fprintf(out, " %s", fill_kinds[asked->kind]);
	dump_word("event", asked->event.text, out);
	dump_word("keys", asked->keys.text, out);
	dump_word("value", asked->value.text, out);
	if (asked->nr_maps)
		fprintf(out, " maps=%llu", (unsigned long long)asked->nr_maps);
	for (i = 0; i < asked->nr_items; i++) {
		const struct b2c_fill_item *item = &asked->items[i];

		fprintf(out, " [%s]=%s", item->key.text, item->value.text ? item->value.text : "");
		dump_word("text", item->text.text, out);
		dump_word("member", item->member.text, out);
	}
	fputc('\n', out);
}

void plan_dump(const struct b2c_plan *plan, FILE *out)
{
	size_t i;

	fprintf(out, "tool %s\nsource %s\n", plan->tool, plan->source);
	if (plan->manifest_file)
		fprintf(out, "manifest %s\n", plan->manifest_file);
	if (plan->code_file)
		fprintf(out, "code %s\n", plan->code_file);
	if (*plan->summary)
		fprintf(out, "summary %s\n", plan->summary);
	for (i = 0; i < plan->manifest->nr_options; i++)
		fprintf(out, "option %s\n", plan->manifest->options[i].name.text);
	for (i = 0; i < plan->nr_probes; i++)
		dump_probe(&plan->probes[i], out);
	for (i = 0; i < plan->nr_outputs; i++)
		dump_output(&plan->outputs[i], out);
	dump_lines("start", plan->start, out);
	dump_lines("end", plan->end, out);
	for (i = 0; i < plan->nr_types; i++)
		dump_record(plan->types[i], out);
	for (i = 0; i < B2C_NR_FILTERS; i++)
		if (plan->manifest->filters.by >> i & 1)
			fprintf(out, "filter %s\n", filter_words[i]);
	for (i = 0; i < plan->manifest->nr_facts; i++)
		fprintf(out, "fact %s\n", plan->manifest->facts[i].name.text);
	for (i = 0; i < plan->nr_maps; i++)
		dump_plan_map(&plan->maps[i], out);
	if (plan->prints_trace)
		fputs("prints trace\n", out);
	if (plan->prints_maps)
		fputs("prints maps\n", out);
	if (plan->takes_interval)
		fprintf(out, "takes interval%s\n", plan->takes_count ? " count" : "");
}
