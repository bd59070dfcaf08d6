// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Build, BTF: for each kernel whose BTF is at hand a set of the types that the object's
 * relocations ask for, some hundred bytes, by `bpftool gen min_core_btf`. They become the
 * tables of b2c/btf.h in a source of their own.
 */
#define _GNU_SOURCE
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>

#include "build_parts.h"
#include "kernel_build.h"

#define SUFFIX ".btf"
#define BYTES_PER_LINE 16

/* One set, as its row will say it. */
struct set {
	const char *release;
	const char *build; /* NULL: any */
	size_t host_size;  /* 0: any */
	struct b2c_text data;
};

/* What .BTF.ext begins with: after the magic its length, then where its parts are. */
struct ext_header {
	uint32_t magic, length, places[4], relocations_at, relocations_size;
};

/* Whether the object asks for types at all. */
static bool has_relocations(struct build *b, const char *object)
{
	struct btf_ext *ext = NULL;
	struct btf *btf = btf__parse_elf(build_path(b, object), &ext);
	const struct ext_header *header;
	uint32_t size;
	bool has = false;

	if (btf && ext) {
		header = btf_ext__get_raw_data(ext, &size);
		has = header->length >= sizeof(*header) && header->relocations_size;
	}
	btf_ext__free(ext);
	btf__free(btf);
	return has;
}

/* `source`: the kernel's whole BTF, a path from the temporary folder. */
static int set_make(struct build *b, const char *source, const char *object, struct set *set)
{
	const char *bpftool = build_find(b, "bpftool", "bpftool");
	struct build_args args = { 0 };
	int err;

	if (!bpftool)
		return -ENOENT;
	build_arg(b, &args, bpftool);
	build_arg_words(b, &args, "gen min_core_btf");
	build_arg(b, &args, source);
	build_arg(b, &args, "set.btf");
	build_arg_words(b, &args, object);
	err = build_run(b, &args, NULL);
	return err ? err : text_read_file(&set->data, build_path(b, "set.btf"));
}

static int set_of_kernel(struct build *b, const struct b2c_kernel_file *file, const char *object,
			 struct set *set)
{
	int err = emit_write_file(build_path(b, "kernel.btf"), file->btf, file->btf_size, false,
				  b->diag);

	*set = (struct set){
		.release = file->release,
		.build = file->build,
		.host_size = file->host_size,
	};
	return err ? err : set_make(b, "kernel.btf", object, set);
}

/* A file is called after its kernel's release, as archives of BTF have them. */
static int set_of_file(struct build *b, const char *path, const char *object, struct set *set)
{
	const char *name = basename(arena_strdup(b->arena, path));
	size_t length = strlen(name), suffix = strlen(SUFFIX);
	struct btf *btf = btf__parse(path, NULL);
	char *whole = realpath(path, NULL);
	uint32_t size = 0;
	int err = 0;

	if (btf)
		btf__raw_data(btf, &size);
	btf__free(btf);
	if (!whole || !size || length <= suffix || strcmp(name + length - suffix, SUFFIX)) {
		diag_report(b->diag, B2C_DIAG_file, (struct b2c_loc){ 0 },
			    !whole || !size ? "can't read the BTF in '%s'"
					    : "'%s' is not called RELEASE.btf", path);
		diag_help(b->diag, "--embed-btf takes a kernel's whole BTF in a file called after "
				   "what `uname -r` says there, as 5.4.0-91-generic.btf");
		err = -EINVAL;
	} else {
		*set = (struct set){
			.release = arena_strndup(b->arena, name, length - suffix),
			.host_size = size,
		};
		err = set_make(b, arena_strdup(b->arena, whole), object, set);
	}
	free(whole);
	return err;
}

static void bytes_append(struct b2c_text *out, const struct b2c_text *data)
{
	const unsigned char *bytes = (const unsigned char *)text_string(data);

	for (size_t i = 0; i < data->size; i++)
		text_printf(out, "%s%u,", i % BYTES_PER_LINE ? " " : "\n\t", bytes[i]);
}

static void sets_render(const struct set *sets, size_t nr, struct b2c_text *out)
{
	text_append(out, "#include <b2c/btf.h>\n");
	for (size_t i = 0; i < nr; i++) {
		text_printf(out, "\nstatic const unsigned char set_%zu[] "
				 "__attribute__((aligned(8))) = {", i);
		bytes_append(out, &sets[i].data);
		text_append(out, "\n};\n");
	}
	text_append(out, "\nconst struct b2c_btf_set b2c_btf_sets[] = {\n");
	for (size_t i = 0; i < nr; i++) {
		text_printf(out, "\t{ \"%s\", ", sets[i].release);
		if (sets[i].build)
			text_printf(out, "\"%s\"", sets[i].build);
		else
			text_append(out, "NULL");
		text_printf(out, ", %zu, set_%zu, sizeof(set_%zu) },\n", sets[i].host_size, i, i);
	}
	text_printf(out, "};\n\nconst size_t b2c_nr_btf_sets = %zu;\n", nr);
}

static int sets_write(struct build *b, const struct set *sets, size_t nr)
{
	struct b2c_text source = { 0 };
	int err;

	sets_render(sets, nr, &source);
	err = emit_write_file(build_path(b, BUILD_SETS ".c"), text_string(&source), source.size,
			      false, b->diag);
	text_free(&source);
	b->has_sets = !err;
	return err;
}

/* `objects`, with the one called after `stem` if it asks for types. */
static const char *object_of(struct build *b, const char *objects, const char *stem)
{
	const char *object = arena_printf(b->arena, "%s.bpf.o", stem);

	if (!has_relocations(b, object))
		return objects;
	return arena_printf(b->arena, "%s%s%s", objects, *objects ? " " : "", object);
}

int build_sets(struct build *b)
{
	const struct b2c_build_request *request = b->request;
	const char *object = "";
	struct b2c_kernel_file file;
	struct set *sets = NULL;
	size_t nr = 0;
	int err = 0;

	if (!b->plan->nr_runs)
		object = object_of(b, "", b->plan->tool);
	for (size_t i = 0; i < b->plan->nr_runs; i++)
		object = object_of(b, object, b->plan->runs[i].stem);
	if (!request->kernels || !*object)
		return 0;
	for (size_t i = 0; i < request->nr_btf_files && !err; i++)
		err = set_of_file(b, request->btf_files[i], object,
				  arena_append(b->arena, sets, nr));
	for (size_t i = 0; i < kernels_count(request->kernels) && !err; i++) {
		if (!kernel_file(request->kernels, i, &file))
			err = set_of_kernel(b, &file, object, arena_append(b->arena, sets, nr));
	}
	if (!err && nr)
		err = sets_write(b, sets, nr);
	for (size_t i = 0; i < nr; i++)
		text_free(&sets[i].data);
	return err;
}
