// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Build, linking: the runtime is compiled from the sources that the command
 * carries, for whatever target the C compiler has, so that a tool never meets
 * a runtime of another version. It takes some seconds of one CPU (build_kept.c).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "build_parts.h"
#include "embedded.h"

#define MAX_JOBS 8
#define MAX_CHILDREN (MAX_JOBS + B2C_VARIANTS_MAX)
#define RUNTIME "b2c" /* folder of the runtime's sources and objects */
#define SECTIONS "-ffunction-sections -fdata-sections"
/* Mistakes of an expression that C lets pass are found here, not when linking or running. */
#define STRICT "-Werror=implicit-function-declaration -Werror=int-conversion"

struct compiler {
	struct build_args command; /* the compiler, its options and its folders */
	const char *library_dir;   /* "": the compiler's own */
};

/* ---- the compiler for the target ---- */

static bool is_native(const char *arch)
{
	struct utsname host;
	const char *machine = !strcmp(arch, "arm64") ? "aarch64" : arch;

	return !uname(&host) && !strcmp(host.machine, machine);
}

static const char *triple(const char *arch)
{
	return !strcmp(arch, "arm64") ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
}

/* Where scripts/fetch_cross.py puts the target's libraries. NULL: nowhere. */
static const char *find_sysroot(struct build *b)
{
	const char *sysroot = getenv("B2C_SYSROOT"), *cache = getenv("B2C_CACHE");
	const char *home = getenv("HOME");

	if (sysroot && *sysroot)
		return sysroot;
	if (is_native(b->request->arch))
		return NULL;
	if (!cache || !*cache)
		cache = arena_printf(b->arena, "%s/.cache/bcc2core", home ? home : "");
	sysroot = arena_printf(b->arena, "%s/sysroot-%s", cache, b->request->arch);
	return access(sysroot, R_OK) ? NULL : sysroot;
}

static int find_compiler(struct build *b, struct compiler *ret)
{
	const char *cc = getenv("CC"), *name, *path, *sysroot = find_sysroot(b);
	const char *arch = b->request->arch;
	bool native = is_native(arch);

	if (!cc || !*cc)
		cc = native ? "cc" : arena_printf(b->arena, "%s-gcc", triple(arch));
	name = arena_strndup(b->arena, cc, strcspn(cc, " "));
	path = build_find(b, name, native ? "gcc" : arena_printf(b->arena, "gcc-%s", triple(arch)));
	if (!path)
		return -ENOENT;
	build_arg(b, &ret->command, path);
	build_arg_words(b, &ret->command, cc + strlen(name));
	build_arg_words(b, &ret->command, "-O2 -std=gnu11 -DB2C_STATIC " SECTIONS " " STRICT);
	build_arg(b, &ret->command, arena_printf(b->arena, "-I%s/include", build_path(b, RUNTIME)));
	ret->library_dir = "";
	if (sysroot) {
		build_arg(b, &ret->command, arena_printf(b->arena, "-I%s/usr/include", sysroot));
		ret->library_dir = arena_printf(b->arena, "-L%s/usr/lib/%s", sysroot, triple(arch));
	}
	return 0;
}

static struct build_args copy_args(struct build *b, const struct build_args *args)
{
	struct build_args copy = { 0 };
	size_t i;

	for (i = 0; i < args->nr; i++)
		build_arg(b, &copy, args->items[i]);
	return copy;
}

/* ---- what the C compiler says about the manifest ---- */

static struct b2c_loc expression_loc(struct build *b, unsigned int line)
{
	const struct b2c_plan *plan = b->plan;
	size_t i, j;

	for (i = 0; i < plan->nr_outputs; i++) {
		const struct b2c_plan_output *out = &plan->outputs[i];

		for (j = 0; j < out->nr_columns; j++) {
			if (out->columns[j].loc.line == line)
				return out->columns[j].loc;
			if (out->columns[j].when && out->columns[j].when->loc.line == line)
				return out->columns[j].when->loc;
		}
		if (out->condition && out->condition->loc.line == line)
			return out->condition->loc;
		if (out->filter && out->filter->loc.line == line)
			return out->filter->loc;
		if (out->sort && out->sort->loc.line == line)
			return out->sort->loc;
		for (j = 0; j < out->nr_sections; j++)
			if (out->sections[j].loc.line == line)
				return out->sections[j].loc;
	}
	return (struct b2c_loc){ .file = plan->manifest->file, .line = line, .column = 1 };
}

/* The place at the start of "opens.yaml:31:40: ..."; false: the line is of another file. */
static bool place_in(const char *file, const char *line, struct b2c_loc *ret_loc)
{
	size_t n = file ? strlen(file) : 0;
	char *end;

	if (!n || strncmp(line, file, n) || line[n] != ':')
		return false;
	*ret_loc = (struct b2c_loc){ .column = 1 };
	ret_loc->line = (unsigned int)strtoul(line + n + 1, &end, 10);
	if (*end == ':' && end[1] >= '1' && end[1] <= '9')
		ret_loc->column = (unsigned int)strtoul(end + 1, NULL, 10);
	return ret_loc->line > 0;
}

/* The text after "error: " in a line of the compiler; NULL: the line is no error. */
static const char *error_of(struct build *b, const char *line, size_t n)
{
	static const char mark[] = " error: ";
	const char *text = memmem(line, n, mark, strlen(mark));

	if (!text)
		return NULL;
	text += strlen(mark);
	return arena_strndup(b->arena, text, (size_t)(line + n - text));
}

/*
 * "opens.yaml:31:40: error: ..." is about the manifest, and so is the error
 * before "opens.yaml:31:40: note: in expansion of macro 'b2c_put'". The C that
 * columns call has its errors at their own place. Returns whether there was any.
 */
static bool report_manifest(struct build *b, const struct b2c_text *log)
{
	const char *line, *error, *pending = NULL;
	struct b2c_loc loc;
	bool found = false;
	size_t n;

	for (line = text_string(log); *line; line += n + (line[n] == '\n')) {
		n = strcspn(line, "\n");
		error = error_of(b, line, n);
		pending = error ? error : pending;
		if (pending && place_in(b->plan->manifest_file, line, &loc)) {
			diag_report(b->diag, B2C_DIAG_manifest_column,
				    expression_loc(b, loc.line), "%s", pending);
		} else if (error && place_in(b->plan->code_file, line, &loc)) {
			loc.file = b->plan->code_path;
			diag_report(b->diag, B2C_DIAG_manifest_code, loc, "%s", error);
		} else {
			continue;
		}
		pending = NULL;
		found = true;
	}
	return found;
}

/* ---- the steps ---- */

/* Whether a file of the runtime is compiled into this tool. */
static bool is_wanted(struct build *b, const char *name)
{
	size_t n = strlen(name);

	return n > 2 && !strcmp(name + n - 2, ".c") && !strchr(name, '/') &&
	       emit_takes_runtime_file(b->plan, name);
}

/* "show.o" of "show.c" */
static const char *object_name(struct build *b, const char *name)
{
	return arena_printf(b->arena, "%.*so", (int)strlen(name) - 1, name);
}

/* Where the object of a file of the runtime is. */
static const char *object_of(struct build *b, const char *name)
{
	const char *object = object_name(b, name), *kept = build_kept_object(b, object);

	return kept ? kept : arena_printf(b->arena, RUNTIME "/%s", object);
}

static int keep_objects(struct build *b)
{
	int err = 0;
	size_t i;

	for (i = 0; b->kept && i < b2c_nr_runtime_files && !err; i++) {
		const char *name = b2c_runtime_files[i].name, *object;

		if (!is_wanted(b, name))
			continue;
		object = object_name(b, name);
		err = build_kept_add(b, object, build_path(b, object_of(b, name)));
	}
	return err;
}

static void add_macros(struct build *b, const struct b2c_plan *run, struct build_args *job)
{
	size_t i;

	for (i = 0; i < run->variant->nr_defines; i++)
		build_arg(b, job, arena_printf(b->arena, "-D%s", run->variant->defines[i]));
}

/*
 * Job 0 is the tool's own source; the runtime is dealt out to the others, but for objects that
 * are kept. Returns how many jobs have something to do.
 */
static size_t add_sources(struct build *b, struct build_args jobs[], size_t nr_jobs)
{
	size_t i, nr = 0;

	if (b->plan->nr_runs)
		add_macros(b, b->plan->runs, &jobs[0]);
	build_arg(b, &jobs[0], arena_printf(b->arena, "%s.c", b->plan->tool));
	if (b->has_sets)
		build_arg(b, &jobs[0], BUILD_SETS ".c");
	for (i = 1; i < nr_jobs; i++)
		jobs[i].folder = RUNTIME;
	for (i = 0; i < b2c_nr_runtime_files; i++) {
		const char *name = b2c_runtime_files[i].name;

		if (!is_wanted(b, name) || build_kept_object(b, object_name(b, name)))
			continue;
		build_arg(b, &jobs[1 + nr++ % (nr_jobs - 1)], name);
	}
	return nr < nr_jobs ? 1 + nr : nr_jobs;
}

/* What a variant does: the one source of them all, with its macros. */
static void add_run(struct build *b, const struct b2c_plan *run, struct build_args *job)
{
	add_macros(b, run, job);
	build_arg_words(b, job, "-c -o");
	build_arg(b, job, arena_printf(b->arena, "%s_run.o", run->stem));
	build_arg(b, job, arena_printf(b->arena, "%s_run.c", run->tool));
}

static int wait_jobs(struct build *b, struct build_child children[], size_t nr, const char *program)
{
	int err = 0, one;
	size_t i;

	for (i = 0; i < nr; i++) {
		struct b2c_text log = { 0 };

		one = build_wait(&children[i], &log);
		if (one && !err && !report_manifest(b, &log)) {
			build_report(b, program, &log);
			diag_help(b->diag, "a build needs the packages libbpf-dev, libelf-dev and "
					   "zlib1g-dev, for the target");
		}
		err = one ? one : err;
		text_free(&log);
	}
	return err;
}

/* `-c` with many sources leaves the objects in the folder where the compiler runs. */
static int compile(struct build *b, const struct compiler *compiler)
{
	long nr_cpus = sysconf(_SC_NPROCESSORS_ONLN);
	size_t nr = nr_cpus < 2 ? 2 : nr_cpus >= MAX_JOBS ? MAX_JOBS : (size_t)nr_cpus + 1;
	struct build_child children[MAX_CHILDREN];
	struct build_args jobs[MAX_CHILDREN];
	size_t i, nr_started = 0;
	int err = 0, waited;

	for (i = 0; i < nr; i++) {
		jobs[i] = copy_args(b, &compiler->command);
		build_arg(b, &jobs[i], "-c");
	}
	nr = add_sources(b, jobs, nr);
	for (i = 0; i < b->plan->nr_runs; i++) {
		jobs[nr] = copy_args(b, &compiler->command);
		add_run(b, &b->plan->runs[i], &jobs[nr++]);
	}
	while (!err && nr_started < nr) {
		err = build_start(b, &jobs[nr_started], NULL, &children[nr_started]);
		nr_started += !err;
	}
	waited = wait_jobs(b, children, nr_started, compiler->command.items[0]);
	return err ? err : waited;
}

/*
 * Nothing in a tool unwinds: no exceptions, no threads that are ended. The tables for it are a
 * tenth of a small tool. Those of the compiler's first and last object are named by its code.
 */
static const char no_unwinding[] =
	"SECTIONS { /DISCARD/ : { *(EXCLUDE_FILE(*crtbegin*.o *crtend*.o) .eh_frame)\n"
	"                         *(.gcc_except_table*) } }\n"
	"INSERT AFTER .fini;\n";

#define SCRIPT "no_unwinding.ld"

static int write_script(struct build *b)
{
	struct b2c_emitted item = { .name = SCRIPT, .text = no_unwinding };
	struct b2c_emitted_files files = { .items = &item, .nr = 1 };

	return emit_write(&files, b->folder, b->arena, b->diag);
}

/* Not every linker knows how to leave sections out: `more` may be refused. */
static int link_with(struct build *b, const struct compiler *compiler, const char *more,
		     struct b2c_text *log)
{
	struct build_args args = copy_args(b, &compiler->command);
	const char *tool = b->plan->tool;
	struct build_child child;
	size_t i;
	int err;

	build_arg_words(b, &args, "-static -s -Wl,--gc-sections");
	build_arg_words(b, &args, more);
	build_arg_words(b, &args, "-o");
	build_arg(b, &args, tool);
	build_arg(b, &args, arena_printf(b->arena, "%s.o", tool));
	for (i = 0; i < b->plan->nr_runs; i++)
		build_arg(b, &args,
			  arena_printf(b->arena, "%s_run.o", b->plan->runs[i].stem));
	if (b->has_sets)
		build_arg(b, &args, BUILD_SETS ".o");
	for (i = 0; i < b2c_nr_runtime_files; i++) {
		const char *name = b2c_runtime_files[i].name;

		if (is_wanted(b, name))
			build_arg(b, &args, object_of(b, name));
	}
	build_arg_words(b, &args, compiler->library_dir);
	build_arg_words(b, &args, emit_libraries(b->plan));
	err = build_start(b, &args, NULL, &child);
	return err ? err : build_wait(&child, log);
}

static int link_tool(struct build *b, const struct compiler *compiler)
{
	struct b2c_text log = { 0 };
	int err = write_script(b);

	if (!err)
		err = link_with(b, compiler, "-Wl,-z,noseparate-code -Wl,-T," SCRIPT, &log);
	if (err == -EIO) {
		text_free(&log);
		err = link_with(b, compiler, "", &log);
	}
	if (err == -EIO) {
		build_report(b, compiler->command.items[0], &log);
		diag_help(b->diag, "a tool is linked with the static libraries '%s' of the target",
			  emit_libraries(b->plan));
	}
	text_free(&log);
	return err;
}

static int write_runtime(struct build *b)
{
	struct b2c_emitted_files files = { 0 };
	struct b2c_emitted *items = NULL;
	size_t i;

	for (i = 0; i < b2c_nr_runtime_files; i++)
		*arena_append(b->arena, items, files.nr) = (struct b2c_emitted){
			.name = b2c_runtime_files[i].name,
			.text = b2c_runtime_files[i].text,
		};
	files.items = items;
	return emit_write(&files, build_path(b, RUNTIME), b->arena, b->diag);
}

int build_link(struct build *b)
{
	struct compiler compiler = { 0 };
	int err;

	err = find_compiler(b, &compiler);
	if (!err)
		err = write_runtime(b);
	if (!err)
		err = build_kept_find(b, &compiler.command);
	if (!err)
		err = compile(b, &compiler);
	if (!err)
		err = keep_objects(b);
	if (!err)
		err = link_tool(b, &compiler);
	return err;
}
