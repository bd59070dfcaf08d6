// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Report: what each program needs, and which kernels have it. */
#include <stdlib.h>
#include <string.h>

#include "report_parts.h"

struct report_need *report_need_get(struct report *report, struct report_needs *needs,
				    enum report_need_kind kind, const char *name)
{
	struct report_need *need;
	size_t i;

	for (i = 0; i < needs->nr; i++)
		if (needs->items[i].kind == kind && !strcmp(needs->items[i].name, name))
			return &needs->items[i];
	need = arena_append(report->arena, needs->items, needs->nr);
	*need = (struct report_need){ .kind = kind, .name = name };
	return need;
}

/* ---- relocations ---- */

static enum report_need_kind core_kind(uint32_t kind)
{
	switch (kind) {
	case BPF_CORE_TYPE_ID_TARGET:
	case BPF_CORE_TYPE_EXISTS:
	case BPF_CORE_TYPE_SIZE:
	case BPF_CORE_TYPE_MATCHES:
		return NEED_TYPE;
	case BPF_CORE_ENUMVAL_EXISTS:
	case BPF_CORE_ENUMVAL_VALUE:
		return NEED_ENUMERATOR;
	default:
		return NEED_FIELD;
	}
}

static bool asks_only(uint32_t kind)
{
	return kind == BPF_CORE_FIELD_EXISTS || kind == BPF_CORE_TYPE_EXISTS ||
	       kind == BPF_CORE_TYPE_MATCHES || kind == BPF_CORE_ENUMVAL_EXISTS;
}

/* The program gets to what needs it. */
static void use(struct report_need *need, const struct report_way *way)
{
	uint32_t kernel = (uint32_t)1 << way->kernel;

	need->used |= kernel;
	if (way->no_options)
		need->always |= kernel;
}

static void add_core(struct report *report, struct report_needs *needs,
		     const struct b2c_core_spec *core, const struct report_way *way)
{
	struct b2c_text name = { 0 };
	struct report_need *need;
	size_t i, before = needs->nr;

	if (core->kind == BPF_CORE_TYPE_ID_LOCAL)
		return;
	kernel_core_name(core, &name);
	need = report_need_get(report, needs, core_kind(core->kind),
			       arena_strdup(report->arena, text_string(&name)));
	text_free(&name);
	for (i = 0; needs->nr > before && i < kernels_count(report->kernels); i++)
		if (kernel_core_resolves(report->kernels, i, core))
			need->has |= (uint32_t)1 << i;
	if (asks_only(core->kind))
		need->guarded = true;
	else
		use(need, way);
}

/* ---- helpers and maps ---- */

/* Helpers that libbpf replaces on kernels that lack them. */
static const char *const replaced_helpers[] = {
	"probe_read_kernel", "probe_read_user", "probe_read_kernel_str", "probe_read_user_str",
};

/* Helpers that a kernel may be built without, though its enum names them. */
static const struct {
	const char *helper;
	const char *function;	/* that implements it */
} configured_helpers[] = {
	{ "override_return", "bpf_override_return" },
};

/* The name that the newest kernel which has the value gives it, without `prefix`. */
static const char *newest_name(const struct report *report, const char *tag, const char *prefix,
			       uint32_t value)
{
	size_t i;

	for (i = kernels_count(report->kernels); i--;) {
		const char *name = kernel_enum_value(report->kernels, i, tag, value);

		if (name && !strncmp(name, prefix, strlen(prefix)))
			return name + strlen(prefix);
	}
	return NULL;
}

static uint32_t with_value(const struct report *report, const char *tag, uint32_t value)
{
	uint32_t with = 0;
	size_t i;

	for (i = 0; i < kernels_count(report->kernels); i++)
		if (kernel_enum_value(report->kernels, i, tag, value))
			with |= (uint32_t)1 << i;
	return with;
}

static uint32_t with_helper(const struct report *report, const char *name, uint32_t id)
{
	uint32_t with = with_value(report, "bpf_func_id", id);
	size_t i;

	for (i = 0; i < sizeof(replaced_helpers) / sizeof(replaced_helpers[0]); i++)
		if (!strcmp(replaced_helpers[i], name))
			return kernels_all(report->kernels);
	for (i = 0; i < sizeof(configured_helpers) / sizeof(configured_helpers[0]); i++)
		if (!strcmp(configured_helpers[i].helper, name))
			with &= kernels_with_function(report->kernels,
						      configured_helpers[i].function);
	return with;
}

static void add_helper(struct report *report, struct report_needs *needs, uint32_t id,
		       const struct report_way *way)
{
	const char *name = newest_name(report, "bpf_func_id", "BPF_FUNC_", id);
	struct report_need *need;
	size_t before = needs->nr;

	need = report_need_get(report, needs, NEED_HELPER,
			       name ? arena_printf(report->arena, "bpf_%s", name) :
				      arena_printf(report->arena, "number %u", id));
	if (needs->nr > before)
		need->has = with_helper(report, name ? name : "", id);
	use(need, way);
}

/* What hosts may not have: a fourth of what the guests of test/vm do. */
#define MUCH_MEMORY ((uint64_t)256 << 20)

static void add_memory(struct report *report, struct report_needs *needs,
		       const struct report_map *map)
{
	struct report_need *need;

	if (map->bytes < MUCH_MEMORY)
		return;
	need = report_need_get(report, needs, NEED_MEMORY,
			       arena_printf(report->arena, "%llu MiB for map '%s'",
					    (unsigned long long)(map->bytes >> 20), map->name));
	need->used = need->always = need->unknown = kernels_all(report->kernels);
}

/* Every map is made before the first program is loaded. */
static void add_maps(struct report *report, struct report_needs *needs)
{
	const struct report_object *object = &report->object;
	size_t i;

	for (i = 0; i < object->nr_maps; i++) {
		uint32_t type = object->maps[i].type;
		const char *name = newest_name(report, "bpf_map_type", "BPF_MAP_TYPE_", type);
		struct report_need *need;

		if (!name)
			name = arena_printf(report->arena, "number %u", type);
		need = report_need_get(report, needs, NEED_MAP_TYPE, name);
		need->has = with_value(report, "bpf_map_type", type);
		need->used = need->always = kernels_all(report->kernels);
		add_memory(report, needs, &object->maps[i]);
	}
}

/* ---- programs ---- */

struct visiting {
	struct report *report;
	struct report_needs *needs;
};

static void visit(void *context, const struct report_note *note, const struct bpf_insn *insn,
		  const struct report_way *way)
{
	struct visiting *visiting = context;

	if (note->core)
		add_core(visiting->report, visiting->needs, note->core, way);
	if (insn->code == (BPF_JMP | BPF_CALL) && !insn->src_reg && !note->symbol)
		add_helper(visiting->report, visiting->needs, (uint32_t)insn->imm, way);
}

static void find_probes(struct report *report, struct report_verdicts *verdicts)
{
	const struct b2c_plan *plan = report->plan;
	const struct b2c_plan_probe **probes = NULL;
	size_t i;

	for (i = 0; i < plan->nr_probes; i++)
		if (!strcmp(plan->probes[i].program->name, verdicts->program->name))
			*arena_append(report->arena, probes, verdicts->nr_probes) =
				&plan->probes[i];
	verdicts->probes = probes;
}

static int need_compare(const void *a, const void *b)
{
	const struct report_need *x = a, *y = b;

	return x->kind != y->kind ? (int)x->kind - (int)y->kind : strcmp(x->name, y->name);
}

void report_needs_collect(struct report *report)
{
	const struct report_object *object = &report->object;
	size_t p, i;

	report->nr_programs = object->nr_programs;
	report->programs = arena_alloc(report->arena,
				       (object->nr_programs + 1) * sizeof(*report->programs));
	for (p = 0; p < object->nr_programs; p++) {
		struct report_verdicts *verdicts = &report->programs[p];
		struct visiting visiting = { report, &verdicts->needs };

		verdicts->program = &object->programs[p];
		find_probes(report, verdicts);
		report_section_needs(report, verdicts);
		add_maps(report, &verdicts->needs);
		for (i = 0; i < 2 * kernels_count(report->kernels); i++) {
			struct report_way way = { i / 2, i % 2 || !report->options };

			report_walk(report, verdicts->program, &way, visit, &visiting);
		}
		if (verdicts->needs.nr)
			qsort(verdicts->needs.items, verdicts->needs.nr,
			      sizeof(*verdicts->needs.items), need_compare);
	}
}

/* The first need that has the bit of kernel i in what `of` takes of it; NULL for none. */
static const struct report_need *first_need(const struct report_verdicts *program, size_t i,
					    uint32_t (*of)(const struct report_need *need))
{
	size_t k;

	for (k = 0; k < program->needs.nr; k++)
		if (of(&program->needs.items[k]) >> i & 1)
			return &program->needs.items[k];
	return NULL;
}

static uint32_t lacked(const struct report_need *need)
{
	return need->always & ~need->has & ~need->unknown;
}

static uint32_t lacked_by_option(const struct report_need *need)
{
	return need->used & ~need->always & ~need->has & ~need->unknown;
}

static uint32_t doubted(const struct report_need *need)
{
	return need->always & need->unknown;
}

const struct report_need *report_refusal(const struct report_verdicts *program, size_t i)
{
	return first_need(program, i, lacked);
}

const struct report_need *report_option_refusal(const struct report_verdicts *program, size_t i)
{
	return first_need(program, i, lacked_by_option);
}

const struct report_need *report_doubt(const struct report_verdicts *program, size_t i)
{
	return first_need(program, i, doubted);
}
