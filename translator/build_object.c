// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Build, object: Clang runs in this process on files in memory, then libbpf's
 * linker does what `bpftool gen object` does.
 */
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "build_parts.h"
#include "frontend.h"

static int report_object(struct build *b, const char *step, int err)
{
	diag_report(b->diag, B2C_DIAG_object, (struct b2c_loc){ 0 },
		    "can't %s the BPF object of '%s': %s", step, b->plan->tool, strerror(-err));
	return err;
}

static int silent(enum libbpf_print_level level, const char *format, va_list args)
{
	(void)level;
	(void)format;
	(void)args;
	return 0;
}

static int link_object(struct build *b, const char *from, const char *to)
{
	libbpf_print_fn_t before = libbpf_set_print(silent);
	struct bpf_linker *linker = bpf_linker__new(to, NULL);
	int err;

	if (!linker)
		err = -errno;
	else
		err = bpf_linker__add_file(linker, from, NULL);
	if (!err)
		err = bpf_linker__finalize(linker);
	bpf_linker__free(linker);
	libbpf_set_print(before);
	return err ? report_object(b, "link", err) : 0;
}

/* The source is the first of the emitted files; what it may include follows. */
static int compile_object(const struct b2c_build_request *request, struct b2c_arena *arena,
			  struct b2c_diag *diag, struct b2c_object *ret_object)
{
	struct b2c_compile_request compile = {
		.arch = request->arch,
		.defines = request->variant ? request->variant->defines : NULL,
		.nr_defines = request->variant ? request->variant->nr_defines : 0,
	};
	struct b2c_memory_file *files = NULL;
	size_t i, nr = 0;

	for (i = 0; i < request->files->nr; i++)
		*arena_append(arena, files, nr) = (struct b2c_memory_file){
			.name = request->files->items[i].name,
			.text = request->files->items[i].text,
		};
	/* So that a message about the emitted source shows its line. */
	diag_add_source(diag, files[0].name, files[0].text);
	compile.files = files;
	compile.nr_files = nr;
	return frontend_compile(&compile, arena, diag, ret_object);
}

int build_verify(const struct b2c_build_request *request, struct b2c_arena *arena,
		 struct b2c_diag *diag, struct b2c_object *ret_object)
{
	return compile_object(request, arena, diag, ret_object);
}

static int build_one(struct build *b, const struct b2c_build_request *request, const char *stem)
{
	const char *compiled = build_path(b, "compiled.o");
	const char *linked = build_path(b, arena_printf(b->arena, "%s.bpf.o", stem));
	struct b2c_object object = { 0 };
	int err;

	err = request->variant ? build_verify_apart(request, b->arena, b->diag, &object)
			       : build_verify(request, b->arena, b->diag, &object);
	if (!err)
		err = emit_write_file(compiled, object.data, object.size, false, b->diag);
	return err ? err : link_object(b, compiled, linked);
}

int build_bpf(struct build *b)
{
	struct b2c_build_request request = *b->request;
	size_t i;
	int err = 0;

	if (!b->plan->nr_runs)
		return build_one(b, &request, b->plan->tool);
	for (i = 0; i < b->plan->nr_runs && !err; i++) {
		request.variant = b->plan->runs[i].variant;
		err = build_one(b, &request, b->plan->runs[i].stem);
	}
	return err;
}
