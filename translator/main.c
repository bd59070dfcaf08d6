// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * bcc2core: the order of the stages. Each stage reports all that it finds; the
 * first that failed is the last that ran. docs/architecture.md walks through it.
 */
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bind.h"
#include "build.h"
#include "check.h"
#include "emit.h"
#include "frontend.h"
#include "import.h"
#include "manifest.h"
#include "options.h"
#include "plan_dump.h"
#include "report.h"
#include "stack.h"
#include "text.h"
#include "variant.h"
#include "view.h"

#ifndef B2C_VERSION
#define B2C_VERSION "unknown"
#endif

/* What the stages make of one command. */
struct translation {
	const struct b2c_command *command;
	struct b2c_arena *arena;
	struct b2c_diag *diag;
	struct b2c_kernels *kernels;
	const char *source; /* text, placeholders already replaced */
	struct b2c_manifest manifest;
	struct b2c_scratch_list scratch; /* variables that the stack has no room for */
	struct b2c_unit unit;
	struct b2c_plan plan;
	struct b2c_variants variants;
	const struct b2c_variant *variant; /* NULL: of all */
	struct translation *each; /* one for each variant */
};

/* ---- files ---- */

static int read_file(struct translation *t, const char *path, const char **ret_text)
{
	struct b2c_text text = { 0 };
	int err;

	err = text_read_file(&text, path);
	*ret_text = arena_strndup(t->arena, text_string(&text), text.size);
	if (!err && strlen(*ret_text) < text.size) {
		diag_report(t->diag, B2C_DIAG_usage, (struct b2c_loc){ 0 },
			    "'%s' is no text: it has a zero byte", path);
		text_free(&text);
		return -EINVAL;
	}
	text_free(&text);
	if (err)
		diag_report(t->diag, B2C_DIAG_file, (struct b2c_loc){ 0 }, "can't read '%s': %s",
			    path, strerror(-err));
	return err;
}

static int open_kernels(struct translation *t)
{
	const char *btf = t->command->btf;
	int err;

	err = kernels_open(t->command->arch, &t->kernels);
	if (err || !btf)
		return err;
	err = kernels_add_file(t->kernels, btf);
	if (err == -EINVAL)
		diag_report(t->diag, B2C_DIAG_file, (struct b2c_loc){ 0 },
			    "'%s' is not the BTF of a kernel", btf);
	else if (err == -EXDEV)
		diag_report(t->diag, B2C_DIAG_file, (struct b2c_loc){ 0 },
			    "'%s' is the BTF of another architecture than %s", btf,
			    t->command->arch);
	else if (err)
		diag_report(t->diag, B2C_DIAG_file, (struct b2c_loc){ 0 }, "can't read '%s': %s",
			    btf, strerror(-err));
	return err;
}

/* ---- stages ---- */

static int read_manifest(struct translation *t)
{
	const char *path = t->command->manifest, *text;
	int err;

	if (!path)
		return 0;
	err = read_file(t, path, &text);
	if (err)
		return err;
	diag_add_source(t->diag, path, text);
	return manifest_parse(path, text, t->arena, t->diag, &t->manifest);
}

static int read_source(struct translation *t)
{
	int err;

	err = read_file(t, t->command->source, &t->source);
	if (!err)
		diag_add_source(t->diag, t->command->source, t->source);
	return err;
}

/* The manifest and the source as they are in the variant. */
static int choose_variant(struct translation *t)
{
	const char *text = t->source;
	int err;

	err = variant_manifest(&t->variants, t->variant, t->diag, &t->manifest);
	if (!err)
		err = manifest_replace(&t->manifest, text, t->arena, t->diag, &t->source);
	diag_add_source(t->diag, t->command->source, err ? text : t->source);
	return err;
}

/* One translation for each variant of the program. */
static int find_variants(struct translation *t)
{
	struct b2c_variants_request request = {
		.manifest = &t->manifest,
		.source = t->source,
		.defines = t->command->defines,
		.nr_defines = t->command->nr_defines,
		.is_object = t->command->id == B2C_COMMAND_OBJECT,
	};
	size_t i;
	int err;

	err = variants_find(&request, t->arena, t->diag, &t->variants);
	if (err)
		return err;
	t->each = arena_alloc(t->arena, t->variants.nr * sizeof(*t->each));
	for (i = 0; i < t->variants.nr && !err; i++) {
		t->each[i] = *t;
		t->each[i].variant = &t->variants.items[i];
		err = choose_variant(&t->each[i]);
	}
	return err;
}

/* As SEC() has it: "vfs_read", "vfs_read+0x10". */
static const char *hint_target(struct translation *t, const struct b2c_attach *attach)
{
	if (!attach->nr_targets || !attach->offset)
		return attach->nr_targets ? attach->targets[0].text : "";
	return arena_printf(t->arena, "%s+0x%llx", attach->targets[0].text,
			    (unsigned long long)attach->offset);
}

/* Where the manifest attaches each function; the first attach of a function counts. */
static void add_hints(struct translation *t, struct b2c_request *request)
{
	struct b2c_hint *hints = NULL;
	size_t i, j;

	for (i = 0; i < t->manifest.nr_attaches; i++) {
		const struct b2c_attach *attach = &t->manifest.attaches[i];

		for (j = 0; j < request->nr_hints; j++)
			if (!strcmp(hints[j].function, attach->run.text))
				break;
		if (j < request->nr_hints)
			continue;
		*arena_append(t->arena, hints, request->nr_hints) = (struct b2c_hint){
			.function = attach->run.text,
			.kind = attach->kind,
			.target = hint_target(t, attach),
			.loc = attach->run.loc,
		};
	}
	request->hints = hints;
}

/* The programs that maps of the manifest hold. */
static void add_called(struct translation *t, struct b2c_request *request)
{
	struct b2c_word *called = NULL;
	size_t i, k;

	for (i = 0; i < t->manifest.nr_maps; i++) {
		const struct b2c_map_rule *rule = &t->manifest.maps[i];

		for (k = 0; rule->kind == B2C_FILL_PROGRAMS && k < rule->nr_items; k++)
			*arena_append(t->arena, called, request->nr_called) =
				rule->items[k].value;
	}
	request->called = called;
}

/* -D of the command line, then those of the variant. */
static void add_defines(struct translation *t, struct b2c_request *request)
{
	const char **defines = NULL;
	size_t i, nr = 0;

	for (i = 0; i < request->nr_defines; i++)
		*arena_append(t->arena, defines, nr) = request->defines[i];
	for (i = 0; i < t->variant->nr_defines; i++)
		*arena_append(t->arena, defines, nr) = t->variant->defines[i];
	request->defines = defines;
	request->nr_defines = nr;
}

static int translate(struct translation *t)
{
	const struct b2c_command *command = t->command;
	struct b2c_request request = {
		.file = command->source,
		.text = t->source,
		.arch = command->arch,
		.tool = bind_tool_name(&t->manifest, command->source, t->arena),
		.defines = command->defines,
		.nr_defines = command->nr_defines,
		.include_dirs = command->include_dirs,
		.nr_include_dirs = command->nr_include_dirs,
		.fixes = command->fixes,
		.keeps_perf = command->keeps_perf,
		.map_rules = t->manifest.maps,
		.nr_map_rules = t->manifest.nr_maps,
		.scratch = t->scratch.items,
		.nr_scratch = t->scratch.nr,
		.no_trampolines = command->no_trampolines,
		.passes = command->passes,
		.reverse_passes = command->reverse_passes,
		.dump_provenance = command->dump == B2C_DUMP_PROVENANCE,
		.kernels = t->kernels,
		.attaches = t->manifest.attaches,
		.nr_attaches = t->manifest.nr_attaches,
	};

	/* carets are drawn under the text of the last variant that was translated */
	diag_add_source(t->diag, command->source, t->source);
	if (t->variants.nr > 1) {
		request.variants = &t->variants;
		request.variant = t->variant;
		add_defines(t, &request);
	}
	/* A loader of an object may attach what no manifest names; a tool can't. */
	request.attaches_all = command->id != B2C_COMMAND_OBJECT || t->manifest.nr_attaches;
	request.options_text = view_options_struct(&t->manifest, request.tool, t->arena);
	request.filter_text = view_filter_text(&t->manifest, t->arena);
	request.filter_in = t->manifest.filters.in;
	request.nr_filter_in = t->manifest.filters.nr_in;
	request.host_text = view_host_struct(&t->manifest, request.tool, t->arena);
	add_hints(t, &request);
	add_called(t, &request);
	return frontend_translate(&request, t->arena, t->diag, &t->unit);
}

static int bind(struct translation *t)
{
	const struct b2c_unit **others = NULL;
	struct b2c_bind_request request = {
		.unit = &t->unit,
		.manifest = &t->manifest,
		.source = t->command->source,
		.kernels = t->kernels,
	};
	size_t i;

	for (i = 0; i < t->variants.nr; i++)
		*arena_append(t->arena, others, request.nr_others) = &t->each[i].unit;
	request.others = others;

	if (t->command->id != B2C_COMMAND_OBJECT)
		return bind_plan(&request, t->arena, t->diag, &t->plan);
	bind_bare_plan(&request, t->arena, &t->plan);
	return 0;
}

static int translate_and_bind(struct translation *t)
{
	int err;

	t->unit = (struct b2c_unit){ 0 };
	t->plan = (struct b2c_plan){ 0 };
	err = translate(t);
	return err ? err : bind(t);
}

/*
 * Variables that the stack has no room for go to per-CPU maps. What the stack must hold
 * is known when the object is made; so programs with much in their variables are compiled
 * for a trial, and translated again until the stack is enough or nothing more can go.
 */
static int fit_stack(struct translation *t)
{
	struct b2c_emit_request emit = { .version = B2C_VERSION, .arch = t->command->arch };
	uint64_t limit = t->command->stack_limit;
	int err = 0;

	while (!err && t->unit.local_bytes > limit / 2) {
		struct b2c_object object = { 0 };
		struct b2c_emitted_files files = { 0 };
		struct b2c_build_request build = {
			.plan = &t->plan,
			.files = &files,
			.arch = t->command->arch,
			.variant = t->variants.nr > 1 ? t->variant : NULL,
		};

		err = emit_render(&t->plan, &emit, t->arena, t->diag, &files);
		if (err || build_trial(&build, t->arena, &object) ||
		    !stack_choose(&object, limit, t->arena, &t->scratch))
			return err;
		err = translate_and_bind(t);
	}
	return err;
}

/* The kernels of --kernels; 0 with a message when it names one that is not known. */
static uint32_t choose_kernels(struct translation *t)
{
	const char *list = t->command->kernels, *wrong = NULL, *known = "";
	uint32_t chosen = kernels_all(t->kernels);
	size_t i;

	if (*list)
		chosen = report_choose(t->kernels, list, &wrong);
	for (i = 0; wrong && i < kernels_count(t->kernels); i++)
		known = arena_printf(t->arena, "%s%s%s", known, i ? ", " : "",
				     kernel_name(t->kernels, i));
	if (wrong)
		diag_report(t->diag, B2C_DIAG_usage, (struct b2c_loc){ 0 },
			    "no kernel of the data is called '%.*s': there are %s",
			    (int)strcspn(wrong, ","), wrong, known);
	return chosen;
}

static void check_variant(const struct translation *t, const struct b2c_plan *plan)
{
	size_t i;

	if (!plan->variant)
		return;
	if (!t->command->json) {
		printf("%s%s, %s\n", plan == plan->runs ? "" : "\n", plan->tool,
		       plan->variant->name);
		return;
	}
	fputs("{\"type\": \"variant\", \"defines\": [", stdout);
	for (i = 0; i < plan->variant->nr_defines; i++)
		printf("%s\"%s\"", i ? ", " : "", plan->variant->defines[i]);
	fputs("]}\n", stdout);
}

/* One program: `plan` is a whole tool's, or that of one of its variants. */
static int check_one(struct translation *t, const struct b2c_plan *plan,
		     const struct b2c_build_request *build)
{
	const struct b2c_command *command = t->command;
	struct b2c_object object = { 0 };
	struct b2c_report_request report = {
		.plan = plan,
		.kernels = t->kernels,
		.arch = command->arch,
		.chosen = command->kernels ? choose_kernels(t) : 0,
		.json = command->json,
		.verbose = command->verbose,
	};
	int err;

	if (command->kernels && !report.chosen)
		return -EINVAL;
	err = plan->variant ? build_verify_apart(build, t->arena, t->diag, &object)
			    : build_verify(build, t->arena, t->diag, &object);
	if (err)
		return err;
	check_variant(t, plan);
	report.object = object.data;
	report.object_size = object.size;
	if (command->kernels)
		err = report_kernels(&report, stdout);
	else if (!command->json)
		check_report(plan, t->kernels, stdout);
	check_semantics(plan->unit, command->json, stdout);
	return err;
}

static int check(struct translation *t, struct b2c_build_request *build)
{
	size_t i;
	int err = 0;

	if (!t->plan.nr_runs)
		return check_one(t, &t->plan, build);
	for (i = 0; i < t->plan.nr_runs && !err; i++) {
		build->plan = &t->plan.runs[i];
		build->variant = build->plan->variant;
		err = check_one(t, build->plan, build);
	}
	return err;
}

static int finish(struct translation *t)
{
	const struct b2c_command *command = t->command;
	struct b2c_emit_request emit = {
		.version = B2C_VERSION,
		.arch = command->arch,
		.standalone = command->standalone,
	};
	struct b2c_emitted_files files = { 0 };
	struct b2c_build_request build = {
		.plan = &t->plan,
		.files = &files,
		.arch = command->arch,
		.output = command->output,
	};
	int err;

	if (command->id == B2C_COMMAND_EMIT)
		return emit_tool(&t->plan, &emit, command->output, t->arena, t->diag);
	if (command->id == B2C_COMMAND_BUILD && !command->output_given && t->manifest.tool.text)
		build.output = t->manifest.tool.text;
	err = emit_render(&t->plan, &emit, t->arena, t->diag, &files);
	if (err)
		return err;
	switch (command->id) {
	case B2C_COMMAND_BUILD:
		if (!command->embeds_none) {
			build.kernels = t->kernels;
			build.btf_files = command->embedded;
			build.nr_btf_files = command->nr_embedded;
		}
		return build_tool(&build, t->arena, t->diag);
	case B2C_COMMAND_OBJECT:
		return build_object(&build, t->arena, t->diag);
	default:
		return check(t, &build);
	}
}

/* A stage for every variant, up to the first that fails. */
static int each_variant(struct translation *t, int (*stage)(struct translation *one))
{
	size_t i;
	int err = 0;

	for (i = 0; i < t->variants.nr && !err; i++)
		err = stage(&t->each[i]);
	if (err && t->variants.nr > 1)
		diag_note(t->diag, (struct b2c_loc){ 0 }, "this is the program %s",
			  t->variants.items[i - 1].name);
	return err;
}

static int bind_and_fit(struct translation *t)
{
	int err = bind(t);

	return err ? err : fit_stack(t);
}

/* The plan of the tool, of one program or of several. */
static void join_variants(struct translation *t)
{
	const struct b2c_plan **plans = NULL;
	size_t i, nr = 0;

	if (t->variants.nr == 1) {
		t->plan = t->each[0].plan;
		t->unit = t->each[0].unit;
		return;
	}
	for (i = 0; i < t->variants.nr; i++)
		*arena_append(t->arena, plans, nr) = &t->each[i].plan;
	variants_join(&t->variants, plans, t->arena, &t->plan);
	for (i = 0; t->command->verbose && i < t->plan.nr_runs; i++)
		fprintf(stderr, "bcc2core: program %zu of %zu is the one %s\n", i + 1,
			t->plan.nr_runs, t->plan.runs[i].variant->name);
}

static void dump_head(const struct translation *t)
{
	if (t->variants.nr > 1)
		printf("variant %s\n", t->variant->name);
}

static int dump_unit(struct translation *t)
{
	dump_head(t);
	unit_dump(&t->unit, stdout);
	return 0;
}

static int dump_plan(struct translation *t)
{
	dump_head(t);
	plan_dump(&t->plan, stdout);
	return 0;
}

/* All stages, or those up to the dump that was asked for. */
static int run_stages(struct translation *t)
{
	enum b2c_dump dump = t->command->dump;
	size_t i;
	int err;

	if (t->command->id == B2C_COMMAND_IMPORT) {
		err = open_kernels(t);
		return err ? err : import_script(t->command, t->kernels, t->diag);
	}
	err = read_manifest(t);
	if (!err)
		err = read_source(t);
	if (!err)
		err = find_variants(t);
	if (!err && dump == B2C_DUMP_MANIFEST) {
		manifest_dump(&t->manifest, stdout);
		return 0;
	}
	if (!err)
		err = open_kernels(t);
	for (i = 0; i < t->variants.nr; i++)
		t->each[i].kernels = t->kernels;
	if (!err)
		err = each_variant(t, translate);
	if (err || dump == B2C_DUMP_PROVENANCE)
		return err;
	if (dump == B2C_DUMP_UNIT)
		return each_variant(t, dump_unit);
	err = each_variant(t, bind_and_fit);
	if (err)
		return err;
	if (dump == B2C_DUMP_PLAN)
		return each_variant(t, dump_plan);
	join_variants(t);
	return finish(t);
}

static int run(const struct b2c_command *command)
{
	struct translation t = { .command = command, .arena = arena_new() };
	int err, status;

	t.diag = diag_new(t.arena, command->verbose);
	err = run_stages(&t);
	if (err && !diag_status(t.diag))
		diag_report(t.diag, B2C_DIAG_bug, (struct b2c_loc){ 0 },
			    "a stage failed and did not say why: %s", strerror(-err));
	diag_flush(t.diag, stderr);
	status = diag_status(t.diag);
	if (t.kernels)
		kernels_close(t.kernels);
	arena_free(t.arena);
	return status;
}

int main(int argc, char **argv)
{
	struct b2c_command command;
	int status = 0;

	if (options_parse(argc, argv, &command)) {
		options_print_error(&command, stderr);
		status = 1;
	} else if (command.help) {
		options_print_help(&command, stdout);
	} else if (command.version) {
		printf("bcc2core %s (%s, libbpf %s)\n", B2C_VERSION, frontend_version(),
		       libbpf_version_string() + 1);
	} else if (command.id == B2C_COMMAND_SCHEMA) {
		status = manifest_write_schema(stdout) ? 70 : 0;
	} else {
		status = run(&command);
	}
	options_free(&command);
	return status;
}
