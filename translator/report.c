// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Report: the verdicts as a table and as JSON; see report.h. */
#include "report.h"

#include <errno.h>
#include <string.h>

#include "report_parts.h"

#define NAME_WIDTH 44
#define CELL_WIDTH 7
#define NO_PLACE "nothing to attach to: "
#define NOT_KNOWN "the data does not know: "
#define NO_MEMORY "depends on the host's memory: "
#define BY_OPTION "not with every option: "
#define LSM_LIST "called only where the host's list lsm= has 'bpf'"

static const char *const need_words[] = {
#define X(id, word) word,
	REPORT_NEEDS(X)
#undef X
};

static const char *const attach_words[] = {
#define X(id, word, section, has_target) word,
	B2C_ATTACH_KINDS(X)
#undef X
};

/* One program on one kernel. */
struct verdict {
	enum report_answer loads, attaches;
	const char *word;	/* "ok", "fails", "unknown", "unused" */
	const char *reason;	/* of the latter three, or what some options need */
	const char *target;
};

static const char *const answer_words[] = {
	[REPORT_NO] = "no", [REPORT_YES] = "yes", [REPORT_UNKNOWN] = "unknown",
};

/* A place that is no target: a pattern, a symbol of a file, an event; NULL for none. */
static const char *own_place(const struct b2c_attach *attach)
{
	const struct b2c_word *words[] = { &attach->match, &attach->symbol, &attach->event };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i]->text)
			return words[i]->text;
	return NULL;
}

static const char *places(const struct report *report, const struct report_verdicts *program,
			  const char *what)
{
	const char *names = "";
	size_t p, k;

	for (p = 0; p < program->nr_probes; p++) {
		const struct b2c_plan_probe *probe = program->probes[p];

		for (k = 0; k < probe->nr_targets; k++)
			names = arena_printf(report->arena, "%s%s%s", names, *names ? " or " : "",
					     report_target_name(report, probe, k));
		if (probe->attach && own_place(probe->attach))
			names = arena_printf(report->arena, "%s%s%s", names, *names ? " or " : "",
					     own_place(probe->attach));
	}
	return arena_printf(report->arena, "%s%s", what, names);
}

/* The reason for which a need keeps a program from being loaded. */
static const char *lack(const struct report *report, const struct report_need *need)
{
	if (need->kind == NEED_PLACE)
		return arena_printf(report->arena, NO_PLACE "%s", need->name);
	return arena_printf(report->arena, "no %s %s", need_words[need->kind], need->name);
}

/* What kernel i runs instead of a program that is an alternative wherever it stands, or NULL. */
static const char *instead(const struct report *report, const struct report_verdicts *program,
			   size_t i)
{
	const struct b2c_plan_probe *taken = NULL;
	const char *target;
	size_t k;

	for (k = 0; k < program->nr_probes; k++) {
		taken = report_taken_instead(report, program->probes[k], i, &target);
		if (!taken || taken->program == program->probes[k]->program)
			return NULL;
	}
	if (!taken)
		return NULL;
	return arena_printf(report->arena, "'%s' is attached%s%s instead", taken->program->name,
			    *target ? " to " : "", target);
}

/* Why the data can't tell whether a program has a place. */
static const char *unknown_reason(const struct report *report,
				  const struct report_verdicts *program, size_t i)
{
	const struct b2c_plan_probe *first;
	size_t k;

	for (k = 0; k < program->nr_probes; k++) {
		first = report_maybe_instead(report, program->probes[k], i);
		if (first && first->program != program->probes[k]->program)
			return arena_printf(report->arena, "only where '%s' has no place",
					    first->program->name);
	}
	return program->probes[0]->kind == B2C_ATTACH_LSM ? LSM_LIST :
							    places(report, program, NOT_KNOWN);
}

static struct verdict verdict_of(const struct report *report,
				 const struct report_verdicts *program, size_t i)
{
	const struct report_need *refusal = report_refusal(program, i);
	const struct report_need *doubt = report_doubt(program, i);
	const struct report_need *with_option = report_option_refusal(program, i);
	struct verdict v = { .loads = REPORT_YES, .word = "ok", .reason = "" };

	v.reason = report_left_out(report, program, i);
	if (!v.reason)
		v.reason = instead(report, program, i);
	if (v.reason)
		return (struct verdict){ .word = "unused", .reason = v.reason, .target = "" };
	v.reason = "";
	v.attaches = report_attaches(report, program, i, &v.target);
	if (refusal) {
		v.loads = v.attaches = REPORT_NO;
		v.word = "fails";
		v.reason = lack(report, refusal);
	} else if (v.attaches == REPORT_NO) {
		v.word = "fails";
		v.reason = places(report, program, NO_PLACE);
	} else if (doubt) {
		v.loads = REPORT_UNKNOWN;
		v.word = "unknown";
		v.reason = arena_printf(report->arena, "%s%s",
					doubt->kind == NEED_MEMORY ? NO_MEMORY : NOT_KNOWN,
					doubt->name);
	} else if (v.attaches == REPORT_UNKNOWN) {
		v.word = "unknown";
		v.reason = unknown_reason(report, program, i);
	} else if (with_option) {
		v.reason = arena_printf(report->arena, BY_OPTION "%s", lack(report, with_option));
	}
	return v;
}

static bool is_chosen(const struct report *report, size_t i)
{
	return report->chosen >> i & 1;
}

static const char *program_kind(const struct report_verdicts *program)
{
	return program->nr_probes ? attach_words[program->probes[0]->kind] : "";
}

/* ---- text ---- */

static const char *need_cell(const struct report_need *need, size_t i)
{
	if (need->unknown >> i & 1)
		return "?";
	if (need->has >> i & 1)
		return "yes";
	return need->used >> i & 1 || need->guarded ? "-" : "unused";
}

static void print_need(const struct report *report, const struct report_need *need, FILE *out)
{
	const char *name = arena_printf(report->arena, "%s %s%s", need_words[need->kind],
					need->name,
					need->guarded		       ? " (asked for)" :
					need->used && !need->always ? " (by option)" : "");
	size_t i;

	fprintf(out, "  %-*s", NAME_WIDTH, name);
	for (i = 0; i < kernels_count(report->kernels); i++) {
		if (is_chosen(report, i))
			fprintf(out, " %*s", CELL_WIDTH, need_cell(need, i));
	}
	fputc('\n', out);
}

static void print_verdicts(const struct report *report, const struct report_verdicts *program,
			   FILE *out)
{
	size_t i;

	for (i = 0; i < kernels_count(report->kernels); i++) {
		struct verdict v;
		bool is_ok;

		if (!is_chosen(report, i))
			continue;
		v = verdict_of(report, program, i);
		is_ok = !strcmp(v.word, "ok");
		fprintf(out, "  on %s: %s", kernel_name(report->kernels, i), v.word);
		if (is_ok && *v.target)
			fprintf(out, ", attaches to %s", v.target);
		if (*v.reason)
			fprintf(out, "%s %s", is_ok ? ";" : ":", v.reason);
		fputc('\n', out);
	}
}

void report_print_text(const struct report *report, bool every_need, FILE *out)
{
	size_t p, k, i;

	fprintf(out, "%s\n\n  %-*s", report->plan->tool, NAME_WIDTH, "kernels");
	for (i = 0; i < kernels_count(report->kernels); i++)
		if (is_chosen(report, i))
			fprintf(out, " %*s", CELL_WIDTH, kernel_name(report->kernels, i));
	fputc('\n', out);
	for (p = 0; p < report->nr_programs; p++) {
		const struct report_verdicts *program = &report->programs[p];

		fprintf(out, "\n%s %s\n", program->program->name, program_kind(program));
		for (k = 0; k < program->needs.nr; k++)
			if (every_need || (program->needs.items[k].has & report->chosen) !=
						  report->chosen)
				print_need(report, &program->needs.items[k], out);
		print_verdicts(report, program, out);
	}
}

/* ---- JSON ---- */

void report_json_string(const char *s, FILE *out)
{
	fputc('"', out);
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			fprintf(out, "\\%c", *s);
		else if ((unsigned char)*s < ' ')
			fprintf(out, "\\u%04x", (unsigned int)*s);
		else
			fputc(*s, out);
	}
	fputc('"', out);
}

static void json_member(const char *key, const char *value, FILE *out)
{
	fprintf(out, ", \"%s\": ", key);
	report_json_string(value, out);
}

static void json_verdict(const struct report *report, const struct report_verdicts *program,
			 size_t i, FILE *out)
{
	struct verdict v = verdict_of(report, program, i);

	fputs("{\"type\": \"verdict\"", out);
	json_member("program", program->program->name, out);
	json_member("attach", program_kind(program), out);
	json_member("kernel", kernel_name(report->kernels, i), out);
	json_member("verdict", v.word, out);
	json_member("loads", answer_words[v.loads], out);
	json_member("attaches", answer_words[v.attaches], out);
	json_member("target", v.target, out);
	json_member("reason", v.reason, out);
	fputs("}\n", out);
}

static void json_need(const struct report *report, const struct report_verdicts *program,
		      const struct report_need *need, FILE *out)
{
	const char *comma = "";
	size_t i;

	fputs("{\"type\": \"need\"", out);
	json_member("program", program->program->name, out);
	json_member("need", need_words[need->kind], out);
	json_member("name", need->name, out);
	fprintf(out, ", \"guarded\": %s, \"kernels\": {", need->guarded ? "true" : "false");
	for (i = 0; i < kernels_count(report->kernels); i++) {
		uint32_t bit = (uint32_t)1 << i;

		if (!is_chosen(report, i))
			continue;
		fputs(comma, out);
		report_json_string(kernel_name(report->kernels, i), out);
		fprintf(out, ": \"%s\"", need->unknown & bit ? "unknown" :
					 need->has & bit     ? "yes" : "no");
		comma = ", ";
	}
	fputs("}}\n", out);
}

void report_print_json(const struct report *report, FILE *out)
{
	size_t p, k, i;

	for (p = 0; p < report->nr_programs; p++) {
		const struct report_verdicts *program = &report->programs[p];

		for (k = 0; k < program->needs.nr; k++)
			json_need(report, program, &program->needs.items[k], out);
		for (i = 0; i < kernels_count(report->kernels); i++)
			if (is_chosen(report, i))
				json_verdict(report, program, i, out);
	}
}

/* ---- the whole ---- */

uint32_t report_choose(const struct b2c_kernels *kernels, const char *list,
		       const char **ret_wrong)
{
	uint32_t chosen = 0, before;
	size_t i, n;

	for (;; list += n + 1) {
		n = strcspn(list, ",");
		before = chosen;
		for (i = 0; i < kernels_count(kernels); i++)
			if (strlen(kernel_name(kernels, i)) == n &&
			    !strncmp(kernel_name(kernels, i), list, n))
				chosen |= (uint32_t)1 << i;
		if (chosen == before) {
			*ret_wrong = list;
			return 0;
		}
		if (!list[n])
			return chosen;
	}
}

int report_kernels(const struct b2c_report_request *request, FILE *out)
{
	struct report report = {
		.plan = request->plan,
		.kernels = request->kernels,
		.arch = request->arch,
		.chosen = request->chosen,
		.arena = arena_new(),
	};
	int err;

	err = report_object_read(request->object, request->object_size, report.arena,
				 &report.object);
	if (!err) {
		report_options_read(&report);
		report_needs_collect(&report);
		if (request->json)
			report_print_json(&report, out);
		else
			report_print_text(&report, request->verbose, out);
	}
	report_object_free(&report.object);
	arena_free(report.arena);
	return err;
}
