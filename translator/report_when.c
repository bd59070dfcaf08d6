// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Report: attaches that only some kernels make, by `when` over facts that the data knows. */
#include <string.h>

#include "report_parts.h"
#include "target.h"

/* Whether kernel i has what a fact asks for. */
static enum report_answer fact_answer(const struct report *report, const struct b2c_fact *fact,
				      size_t i)
{
	enum b2c_attach_kind kind = fact->kind == B2C_FACT_FUNCTION ? B2C_ATTACH_KPROBE
								    : B2C_ATTACH_TRACEPOINT;
	uint32_t with;

	if (fact->kind == B2C_FACT_MEMBER)
		return kernel_has_member(report->kernels, i, fact->of) ? REPORT_YES : REPORT_NO;
	if (fact->kind != B2C_FACT_FUNCTION && fact->kind != B2C_FACT_TRACEPOINT)
		return REPORT_UNKNOWN;
	if (!target_kernels(report->kernels, kind, fact->of, &with))
		return REPORT_UNKNOWN;
	return with >> i & 1 ? REPORT_YES : REPORT_NO;
}

enum b2c_truth report_when(const struct report *report, const struct b2c_plan_probe *probe,
			   size_t i)
{
	const struct b2c_manifest *manifest = report->plan->manifest;
	struct b2c_host_answer *answers = NULL;
	size_t k, nr = 0;

	if (!probe->attach || !probe->attach->when.text)
		return B2C_TRUE;
	for (k = 0; k < manifest->nr_facts; k++) {
		const struct b2c_fact *fact = &manifest->facts[k];
		enum report_answer answer = fact_answer(report, fact, i);

		if (answer != REPORT_UNKNOWN)
			*arena_append(report->arena, answers, nr) = (struct b2c_host_answer){
				fact->name.text, answer == REPORT_YES,
			};
	}
	return host_truth(answers, nr, probe->attach->when.text);
}

const char *report_left_out(const struct report *report, const struct report_verdicts *program,
			    size_t i)
{
	size_t k;

	for (k = 0; k < program->nr_probes; k++)
		if (report_when(report, program->probes[k], i) != B2C_FALSE)
			return NULL;
	if (!program->nr_probes)
		return NULL;
	return arena_printf(report->arena, "attached where '%s'",
			    program->probes[0]->attach->when.text);
}
