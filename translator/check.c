// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Check: a report in words and columns; see check.h. */
#include "check.h"

#include <string.h>

#include "report.h"
#include "target.h"

static const char *const attach_words[] = {
#define X(id, word, section, has_target) word,
	B2C_ATTACH_KINDS(X)
#undef X
};

static const char *const map_words[] = {
#define X(id, type, word) word,
	B2C_MAP_KINDS(X)
#undef X
};

static void report_with(struct b2c_kernels *kernels, uint32_t with, FILE *out)
{
	size_t i;

	if (with == kernels_all(kernels)) {
		fputs("  on every kernel", out);
		return;
	}
	fputs(with ? "  on" : "  on no kernel", out);
	for (i = 0; i < kernels_count(kernels); i++)
		if (with & (uint32_t)1 << i)
			fprintf(out, " %s", kernel_name(kernels, i));
}

static void report_target(const struct b2c_plan_probe *probe, size_t i, struct b2c_kernels *kernels,
			  FILE *out)
{
	uint32_t with;

	fprintf(out, "  %-28s %-14s", i ? "" : probe->program->name,
		i ? "" : attach_words[probe->kind]);
	if (i < probe->nr_targets)
		fprintf(out, " %-28s", probe->targets[i]);
	else if (probe->attach && probe->attach->match.text)
		fprintf(out, " %-28s", probe->attach->match.text);
	if (i < probe->nr_targets && target_kernels(kernels, probe->kind, probe->targets[i], &with))
		report_with(kernels, with, out);
	fputc('\n', out);
}

static void report_map(const struct b2c_map *map, FILE *out)
{
	fprintf(out, "  %-28s %-14s", map->name,
		map->histogram ? "histogram" : map_words[map->kind]);
	if (map->event)
		fprintf(out, " %s, %llu bytes", map->event->spelling,
			(unsigned long long)map->event->size);
	else if (map->key && map->value)
		fprintf(out, " %s -> %s", map->key->spelling, map->value->spelling);
	fputc('\n', out);
}

void check_report(const struct b2c_plan *plan, struct b2c_kernels *kernels, FILE *out)
{
	const struct b2c_plan_probe *probe;
	size_t i;

	fprintf(out, "%s\n\nprograms\n", plan->tool);
	for (probe = plan->probes; probe < plan->probes + plan->nr_probes; probe++)
		for (i = 0; i < (probe->nr_targets ? probe->nr_targets : 1); i++)
			report_target(probe, i, kernels, out);
	if (plan->unit->nr_maps)
		fputs("\nmaps\n", out);
	for (i = 0; i < plan->unit->nr_maps; i++)
		report_map(&plan->unit->maps[i], out);
}

static void semantics_json(const struct b2c_semantics *line, FILE *out)
{
	fputs("{\"type\": \"semantics\", \"id\": ", out);
	report_json_string(line->id, out);
	fputs(", \"file\": ", out);
	report_json_string(line->loc.file, out);
	fprintf(out, ", \"line\": %u, \"column\": %u, \"text\": ", line->loc.line,
		line->loc.column);
	report_json_string(line->text, out);
	fputs(", \"help\": ", out);
	report_json_string(line->help, out);
	fputs("}\n", out);
}

static void semantics_text(const struct b2c_semantics *line, FILE *out)
{
	fprintf(out, "%s:%u:%u: semantics: %s [%s]\n", line->loc.file, line->loc.line,
		line->loc.column, line->text, line->id);
	if (*line->help)
		fprintf(out, "          help: %s\n", line->help);
}

void check_semantics(const struct b2c_unit *unit, bool json, FILE *out)
{
	size_t i;

	if (unit->nr_semantics && !json)
		fputs("\nas in bcc\n", out);
	for (i = 0; i < unit->nr_semantics; i++) {
		if (json)
			semantics_json(&unit->semantics[i], out);
		else
			semantics_text(&unit->semantics[i], out);
	}
}
