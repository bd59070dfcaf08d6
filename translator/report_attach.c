// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Report: program types and places. A section's prefix says what the kernel has
 * to have to load the program; the plan says where it is attached.
 */
#include <stdio.h>
#include <string.h>

#include "report_parts.h"
#include "target.h"

/* What loading looks up in the kernel's BTF. */
enum bound { BOUND_NONE, BOUND_FUNCTION, BOUND_TRACEPOINT, BOUND_LSM, BOUND_ITER };

static const struct section_row {
	const char *prefix;
	const char *program_type;	/* without BPF_PROG_TYPE_; NULL: every kernel has it */
	const char *attach_type;	/* enumerator of bpf_attach_type or NULL */
	enum bound bound;
} section_rows[] = {
	{ "fentry", "TRACING", "BPF_TRACE_FENTRY", BOUND_FUNCTION },
	{ "fexit", "TRACING", "BPF_TRACE_FEXIT", BOUND_FUNCTION },
	{ "fmod_ret", "TRACING", "BPF_MODIFY_RETURN", BOUND_FUNCTION },
	{ "tp_btf", "TRACING", "BPF_TRACE_RAW_TP", BOUND_TRACEPOINT },
	{ "iter", "TRACING", "BPF_TRACE_ITER", BOUND_ITER },
	{ "lsm", "LSM", "BPF_LSM_MAC", BOUND_LSM },
	{ "kprobe.multi", "KPROBE", "BPF_TRACE_KPROBE_MULTI", BOUND_NONE },
	{ "kretprobe.multi", "KPROBE", "BPF_TRACE_KPROBE_MULTI", BOUND_NONE },
	{ "uprobe.multi", "KPROBE", "BPF_TRACE_UPROBE_MULTI", BOUND_NONE },
	{ "uretprobe.multi", "KPROBE", "BPF_TRACE_UPROBE_MULTI", BOUND_NONE },
	{ "sk_lookup", "SK_LOOKUP", "BPF_SK_LOOKUP", BOUND_NONE },
	{ "cgroup/sock_release", "CGROUP_SOCK", "BPF_CGROUP_INET_SOCK_RELEASE", BOUND_NONE },
	{ "xdp.frags", "XDP", NULL, BOUND_NONE },
};

/* BTF has no FUNC of its own for a probe that needs one, so versions have to say. */
#define ARM64_TRAMPOLINES_MAJOR 6
#define ARM64_TRAMPOLINES_MINOR 4

static const struct section_row *row_of(const char *section, const char **ret_target)
{
	size_t i;

	section += *section == '?';
	for (i = 0; i < sizeof(section_rows) / sizeof(section_rows[0]); i++) {
		const char *rest = section + strlen(section_rows[i].prefix);

		if (strncmp(section, section_rows[i].prefix, strlen(section_rows[i].prefix)))
			continue;
		if (!strncmp(rest, ".s", 2))
			rest += 2;
		if (*rest && *rest != '/')
			continue;
		*ret_target = *rest ? rest + 1 : "";
		return &section_rows[i];
	}
	return NULL;
}

static void need_enumerator(struct report *report, struct report_verdicts *verdicts,
			    enum report_need_kind kind, const char *name)
{
	struct report_need *need = report_need_get(report, &verdicts->needs, kind, name);
	const char *tag;
	int64_t value;
	size_t i;

	need->used = need->always = kernels_all(report->kernels);
	for (i = 0; i < kernels_count(report->kernels); i++)
		if (!kernel_enumerator(report->kernels, i, name, &tag, &value))
			need->has |= (uint32_t)1 << i;
}

static enum report_answer function_answer(const struct report *report, const char *name, size_t i)
{
	struct b2c_prototype prototype;

	if (!kernel_has_function(report->kernels, i, name))
		return REPORT_NO;
	/* A module has its own BTF, which the data lacks. */
	if (kernel_function_module(report->kernels, i, name))
		return REPORT_UNKNOWN;
	return kernel_function_prototype(report->kernels, i, name, &prototype) ? REPORT_NO :
										 REPORT_YES;
}

static enum report_answer bound_answer(const struct report *report, enum bound bound,
				       const char *target, size_t i)
{
	struct b2c_arena *arena = report->arena;

	switch (bound) {
	case BOUND_FUNCTION:
		return function_answer(report, target, i);
	case BOUND_TRACEPOINT:
		return kernel_has_raw_tracepoint(report->kernels, i, target) ? REPORT_YES :
									       REPORT_NO;
	case BOUND_LSM:
		return function_answer(report, arena_printf(arena, "bpf_lsm_%s", target), i);
	case BOUND_ITER:
		return function_answer(report, arena_printf(arena, "bpf_iter_%s", target), i);
	default:
		return REPORT_YES;
	}
}

/* The alternatives that the plan has for a program, or the one of its section. */
static void need_place(struct report *report, struct report_verdicts *verdicts, enum bound bound,
		       const char *target)
{
	const char *const *targets = &target;
	struct report_need *need;
	size_t i, k, nr = 1;

	if (verdicts->nr_probes && verdicts->probes[0]->nr_targets) {
		targets = verdicts->probes[0]->targets;
		nr = verdicts->probes[0]->nr_targets;
	}
	for (k = 1, target = targets[0]; k < nr; k++)
		target = arena_printf(report->arena, "%s or %s", target, targets[k]);
	need = report_need_get(report, &verdicts->needs, NEED_PLACE, target);
	need->used = need->always = kernels_all(report->kernels);
	for (i = 0; i < kernels_count(report->kernels); i++) {
		for (k = 0; k < nr; k++) {
			enum report_answer answer = bound_answer(report, bound, targets[k], i);

			need->has |= (uint32_t)(answer == REPORT_YES) << i;
			need->unknown |= (uint32_t)(answer == REPORT_UNKNOWN) << i;
		}
	}
	need->unknown &= ~need->has;
}

void report_section_needs(struct report *report, struct report_verdicts *verdicts)
{
	const struct report_object *object = &report->object;
	const char *target = "", *type;
	const struct section_row *row;

	row = row_of(object->sections[verdicts->program->section].name, &target);
	if (!row)
		return;
	type = arena_printf(report->arena, "BPF_PROG_TYPE_%s", row->program_type);
	need_enumerator(report, verdicts, NEED_PROGRAM_TYPE, type);
	if (row->attach_type)
		need_enumerator(report, verdicts, NEED_ATTACH_TYPE, row->attach_type);
	if (row->bound != BOUND_NONE && (*target || verdicts->nr_probes))
		need_place(report, verdicts, row->bound, target);
}

/* ---- attaching ---- */

static bool lacks_trampolines(const struct report *report, size_t i)
{
	unsigned int major, minor;

	if (strcmp(report->arch, "arm64") != 0 ||
	    sscanf(kernel_name(report->kernels, i), "%u.%u", &major, &minor) != 2)
		return false;
	return major < ARM64_TRAMPOLINES_MAJOR ||
	       (major == ARM64_TRAMPOLINES_MAJOR && minor < ARM64_TRAMPOLINES_MINOR);
}

static enum report_answer target_answer(const struct report *report, enum b2c_attach_kind kind,
					const char *target, size_t i)
{
	uint32_t with;

	if (kind == B2C_ATTACH_RAW_TRACEPOINT)
		return kernel_has_raw_tracepoint(report->kernels, i, target) ? REPORT_YES :
									       REPORT_UNKNOWN;
	if ((kind == B2C_ATTACH_FENTRY || kind == B2C_ATTACH_FEXIT ||
	     kind == B2C_ATTACH_FMOD_RET || kind == B2C_ATTACH_LSM) &&
	    lacks_trampolines(report, i))
		return REPORT_NO;
	if (!target_kernels(report->kernels, kind, target, &with))
		return REPORT_YES;
	if (!(with >> i & 1))
		return REPORT_NO;
	/* How the host was booted says whether its hooks call BPF. */
	return kind == B2C_ATTACH_LSM ? REPORT_UNKNOWN : REPORT_YES;
}

static const char *with_offset(const struct report *report, const struct b2c_plan_probe *probe,
			       const char *name)
{
	if (!probe->attach || !probe->attach->offset)
		return name;
	return arena_printf(report->arena, "%s+0x%llx", name,
			    (unsigned long long)probe->attach->offset);
}

const char *report_target_name(const struct report *report, const struct b2c_plan_probe *probe,
			       size_t k)
{
	return with_offset(report, probe, probe->targets[k]);
}

/* What the attach is to on kernel i: the function, or the copies that are left of it. */
static const char *place_name(const struct report *report, const struct b2c_plan_probe *probe,
			      size_t k, size_t i)
{
	const char *copy = NULL;

	if (probe->kind == B2C_ATTACH_KPROBE || probe->kind == B2C_ATTACH_KRETPROBE)
		copy = kernel_function_copy(report->kernels, i, probe->targets[k]);
	return with_offset(report, probe, copy ? copy : probe->targets[k]);
}

/* The best answer among the alternatives of one attach. */
static enum report_answer probe_answer(const struct report *report,
				       const struct b2c_plan_probe *probe, size_t i,
				       const char **ret_target)
{
	enum report_answer best = probe->nr_targets ? REPORT_NO : REPORT_YES;
	uint32_t with;
	size_t k;

	*ret_target = "";
	if (report_when(report, probe, i) == B2C_FALSE)
		return REPORT_NO;
	if (probe->attach && probe->attach->match.text) {
		*ret_target = probe->attach->match.text;
		if (!target_kernels_matching(report->kernels, probe->kind, *ret_target, &with))
			return REPORT_UNKNOWN;
		return with >> i & 1 ? REPORT_YES : REPORT_NO;
	}
	for (k = 0; k < probe->nr_targets; k++) {
		enum report_answer answer =
			target_answer(report, probe->kind, probe->targets[k], i);

		if (answer == REPORT_NO || best == REPORT_YES)
			continue;
		best = answer;
		*ret_target = place_name(report, probe, k, i);
	}
	/* where instructions start is not in the data */
	if (best == REPORT_YES && probe->nr_targets && probe->attach && probe->attach->offset)
		best = REPORT_UNKNOWN;
	/* nor are the files and the hardware of a host, where something depends on them */
	if (best == REPORT_YES && probe->or_next && !probe->nr_targets)
		best = REPORT_UNKNOWN;
	return best;
}

/* ---- choices ---- */

static const struct b2c_plan_probe *choice_first(const struct report *report,
						 const struct b2c_plan_probe *probe)
{
	while (plan_probe_is_second(report->plan, probe))
		probe--;
	return probe;
}

const struct b2c_plan_probe *report_taken_instead(const struct report *report,
						  const struct b2c_plan_probe *probe, size_t i,
						  const char **ret_target)
{
	const struct b2c_plan_probe *one = choice_first(report, probe);
	bool goes_on = true;

	for (; goes_on; one++) {
		goes_on = one->or_next;
		if (one == probe && probe_answer(report, one, i, ret_target) != REPORT_NO)
			return NULL;
		if (one != probe && probe_answer(report, one, i, ret_target) == REPORT_YES &&
		    (one > probe || report_when(report, one, i) == B2C_TRUE))
			return one;
	}
	return NULL;
}

const struct b2c_plan_probe *report_maybe_instead(const struct report *report,
						  const struct b2c_plan_probe *probe, size_t i)
{
	const struct b2c_plan_probe *one;
	const char *target;

	for (one = choice_first(report, probe); one < probe; one++)
		if (probe_answer(report, one, i, &target) == REPORT_UNKNOWN)
			return one;
	return NULL;
}

enum report_answer report_attaches(const struct report *report,
				   const struct report_verdicts *program, size_t i,
				   const char **ret_target)
{
	enum report_answer all = REPORT_YES;
	const char *target;
	size_t k;

	*ret_target = "";
	for (k = 0; k < program->nr_probes; k++) {
		const struct b2c_plan_probe *probe = program->probes[k];
		enum report_answer answer;

		if (report_when(report, probe, i) == B2C_FALSE ||
		    report_taken_instead(report, probe, i, &target))
			continue;
		answer = probe_answer(report, probe, i, &target);
		if (answer == REPORT_NO && probe->attach && probe->attach->optional)
			continue;
		if (answer == REPORT_YES && report_maybe_instead(report, probe, i))
			answer = REPORT_UNKNOWN;
		if (answer == REPORT_NO)
			return REPORT_NO;
		if (answer == REPORT_UNKNOWN)
			all = REPORT_UNKNOWN;
		if (*target)
			*ret_target = **ret_target ? arena_printf(report->arena, "%s, %s",
								  *ret_target, target) :
						     target;
	}
	return all;
}
