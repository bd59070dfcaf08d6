// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Emit: which template makes which part of which file; see emit.h. */
#include "emit.h"

#include <errno.h>
#include <string.h>

#include "embedded.h"
#include "view.h"

struct emit {
	const struct b2c_plan *plan;
	const struct b2c_emit_request *request;
	struct b2c_arena *arena;
	struct b2c_diag *diag;
	struct b2c_view *view;
	struct b2c_emitted *files;
	size_t nr_files;
};

static void add_file(struct emit *e, const char *name, const char *text)
{
	*arena_append(e->arena, e->files, e->nr_files) =
		(struct b2c_emitted){ .name = name, .text = text };
}

static int render_part(struct emit *e, const char *name, const struct b2c_view *view,
		       struct b2c_text *out)
{
	struct b2c_template template = { .name = name };
	size_t i;

	for (i = 0; i < b2c_nr_template_files; i++)
		if (!strcmp(b2c_template_files[i].name, name))
			template.text = b2c_template_files[i].text;
	if (!template.text) {
		diag_report(e->diag, B2C_DIAG_bug, (struct b2c_loc){ 0 },
			    "there is no template '%s'", name);
		return -EINVAL;
	}
	return template_render(&template, view, e->diag, out);
}

/* Renders one whole file and takes over `out`. */
static int finish_file(struct emit *e, const char *suffix, struct b2c_text *out, int err)
{
	if (!err)
		add_file(e, arena_printf(e->arena, suffix, e->plan->tool),
			 arena_strdup(e->arena, text_string(out)));
	text_free(out);
	return err;
}

/* The end of what does nothing but read the command line and choose. */
static int emit_start(struct emit *e, int err, struct b2c_text *out)
{
	if (!err)
		err = render_part(e, "start.c", e->view, out);
	return finish_file(e, "%s.c", out, err);
}

static int emit_c(struct emit *e)
{
	static const char *const parts[] = {
		[B2C_OUTPUT_HISTOGRAM] = "histogram.c",
		[B2C_OUTPUT_EVENTS] = "events.c",
		[B2C_OUTPUT_TABLE] = "table.c",
		[B2C_OUTPUT_STACKS] = "stacks.c",
	};
	const struct b2c_plan_output *output;
	const struct b2c_view *view;
	struct b2c_text out = { 0 };
	int err;

	err = render_part(e, "head.c", e->view, &out);
	if (!err)
		err = render_part(e, "options.c", e->view, &out);
	if (e->plan->part == B2C_PART_START)
		return emit_start(e, err, &out);
	if (!err)
		err = render_part(e, "probes.c", e->view, &out);
	if (!err)
		err = render_part(e, "presets.c", e->view, &out);
	for (output = e->plan->outputs; !err && output < e->plan->outputs + e->plan->nr_outputs;
	     output++) {
		view = view_of_output(e->plan, output, e->arena);
		err = render_part(e, "setting.c", view, &out);
		if (!err)
			err = render_part(e, "lines.c", view, &out);
		if (!err && output->kind == B2C_OUTPUT_TABLE)
			err = render_part(e, "derived.c", view, &out);
		if (!err)
			err = render_part(e, parts[output->kind], view, &out);
	}
	if (!err)
		err = render_part(e, "lines.c", e->view, &out);
	if (!err)
		err = render_part(e, "main.c", e->view, &out);
	return finish_file(e, e->plan->part == B2C_PART_RUN ? "%s_run.c" : "%s.c", &out, err);
}

static int emit_one(struct emit *e, const char *template, const char *suffix)
{
	struct b2c_text out = { 0 };

	return finish_file(e, suffix, &out, render_part(e, template, e->view, &out));
}

bool emit_has_user_symbols(const struct b2c_plan *plan)
{
	size_t i;

	for (i = 0; i < plan->nr_outputs; i++)
		if (view_has_user_stack(&plan->outputs[i].stacks))
			return true;
	return view_has_user_columns(plan);
}

static bool has_patterns(const struct b2c_plan *plan)
{
	size_t i;

	for (i = 0; i < plan->nr_probes; i++)
		if (plan->probes[i].attach && plan->probes[i].attach->match.text)
			return true;
	return false;
}

/* Parts of the runtime that a plan may do without, by what their files begin with. */
static const struct {
	const char *prefix;
	bool (*is_wanted)(const struct b2c_plan *plan);
} parts[] = {
	{ "user_", emit_has_user_symbols },
	{ "match", has_patterns },
};

bool emit_takes_runtime_file(const struct b2c_plan *plan, const char *name)
{
	size_t i, n;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		n = strlen(parts[i].prefix);
		if (!strncmp(name, parts[i].prefix, n))
			return parts[i].is_wanted(plan);
	}
	return true;
}

const char *emit_libraries(const struct b2c_plan *plan)
{
	if (emit_has_user_symbols(plan))
		return "-lbpf -lelf -lz -llzma -liberty";
	return "-lbpf -lelf -lz";
}

static bool has_values(const struct b2c_plan *plan)
{
	return plan->manifest->nr_options || plan->manifest->nr_facts;
}

bool emit_has_header(const struct b2c_plan *plan)
{
	return has_values(plan) || plan->nr_types;
}

static int emit_makefile(struct emit *e)
{
	bool has_header = emit_has_header(e->plan);
	const char *tool = e->plan->tool;

	view_set(e->view, "arch", e->request->arch);
	view_flag(e->view, "standalone", e->request->standalone);
	view_set(e->view, "libs", emit_libraries(e->plan));
	view_printf(e->view, "headers", "%s%s%s%s", has_header ? tool : "",
		    has_header ? ".h " : "", e->plan->code_file ? e->plan->code_file : "",
		    e->plan->code_file ? " " : "");
	if (has_values(e->plan))
		view_printf(e->view, "bpf_headers", "vmlinux.h %s.h", tool);
	else
		view_set(e->view, "bpf_headers", "vmlinux.h");
	return emit_one(e, "Makefile", "Makefile");
}

static void emit_runtime(struct emit *e)
{
	size_t i;

	for (i = 0; e->request->standalone && i < b2c_nr_runtime_files; i++)
		if (emit_takes_runtime_file(e->plan, b2c_runtime_files[i].name))
			add_file(e, arena_printf(e->arena, "b2c/%s", b2c_runtime_files[i].name),
				 b2c_runtime_files[i].text);
}

static int render_sources(struct emit *e)
{
	const struct b2c_plan *plan = e->plan;
	int err;

	err = emit_one(e, "tool.bpf.c", "%s.bpf.c");
	if (err)
		return err;
	add_file(e, "vmlinux.h", plan->unit->vmlinux);
	if (emit_has_header(plan))
		err = emit_one(e, "tool.h", "%s.h");
	if (plan->code_file)
		add_file(e, plan->code_file, plan->code_text);
	return err ? err : emit_c(e);
}

static int render(const struct b2c_plan *plan, const struct b2c_emit_request *request,
		  struct b2c_arena *arena, struct b2c_diag *diag,
		  struct b2c_emitted_files *ret_files)
{
	struct emit e = {
		.plan = plan,
		.request = request,
		.arena = arena,
		.diag = diag,
		.view = view_of_plan(plan, request->version, arena),
	};
	int err;

	err = plan->part == B2C_PART_START ? emit_c(&e) : render_sources(&e);
	if (!err && plan->part != B2C_PART_RUN)
		err = emit_makefile(&e);
	if (err)
		return err;
	if (plan->part != B2C_PART_RUN)
		emit_runtime(&e);
	ret_files->items = e.files;
	ret_files->nr = e.nr_files;
	return 0;
}

int emit_render_start(const struct b2c_plan *start, const struct b2c_emit_request *request,
		      struct b2c_arena *arena, struct b2c_diag *diag,
		      struct b2c_emitted_files *ret_files)
{
	return render(start, request, arena, diag, ret_files);
}

int emit_render(const struct b2c_plan *plan, const struct b2c_emit_request *request,
		struct b2c_arena *arena, struct b2c_diag *diag, struct b2c_emitted_files *ret_files)
{
	if (plan->part == B2C_PART_START)
		return emit_render_variants(plan, request, arena, diag, ret_files);
	return render(plan, request, arena, diag, ret_files);
}

int emit_tool(const struct b2c_plan *plan, const struct b2c_emit_request *request,
	      const char *folder, struct b2c_arena *arena, struct b2c_diag *diag)
{
	struct b2c_emitted_files files;
	int err;

	err = emit_render(plan, request, arena, diag, &files);
	if (err)
		return err;
	return emit_write(&files, folder, arena, diag);
}
