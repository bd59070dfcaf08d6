// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Build: the temporary folder and the order of the steps; see build.h. */
#define _GNU_SOURCE
#include "build.h"

#include <errno.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "build_parts.h"

const char *build_path(struct build *b, const char *name)
{
	return arena_printf(b->arena, "%s/%s", b->folder, name);
}

static int remove_one(const char *path, const struct stat *stat, int type, struct FTW *walk)
{
	(void)stat;
	(void)type;
	(void)walk;
	return remove(path);
}

static int make_folder(struct build *b)
{
	const char *parent = getenv("TMPDIR");
	char *folder =
		arena_printf(b->arena, "%s/bcc2core-XXXXXX", parent && *parent ? parent : "/tmp");
	int err;

	if (mkdtemp(folder)) {
		b->folder = folder;
		return 0;
	}
	err = -errno;
	diag_report(b->diag, B2C_DIAG_file, (struct b2c_loc){ 0 }, "can't make the folder '%s': %s",
		    folder, strerror(-err));
	return err;
}

/* Copies the result beside its place, so that the last step is a rename on one file system. */
static int deliver(struct build *b, const char *name, bool executable)
{
	const char *output = b->request->output;
	struct b2c_text data = { 0 };
	int err;

	err = text_read_file(&data, build_path(b, name));
	if (err)
		diag_report(b->diag, B2C_DIAG_file, (struct b2c_loc){ 0 }, "can't read '%s': %s",
			    name, strerror(-err));
	else
		err = emit_write_file(output, text_string(&data), data.size, executable, b->diag);
	text_free(&data);
	return err;
}

/* bpftool writes the skeleton, so that an emitted folder builds without bcc2core. */
static int make_skeleton(struct build *b, const char *stem)
{
	const char *bpftool = build_find(b, "bpftool", "bpftool");
	struct build_args args = { 0 };

	if (!bpftool)
		return -ENOENT;
	build_arg(b, &args, bpftool);
	build_arg_words(b, &args, "gen skeleton");
	build_arg(b, &args, arena_printf(b->arena, "%s.bpf.o", stem));
	build_arg(b, &args, "name");
	build_arg(b, &args, arena_printf(b->arena, "%s_bpf", b->plan->tool));
	return build_run(b, &args, arena_printf(b->arena, "%s.skel.h", stem));
}

static int make_skeletons(struct build *b)
{
	size_t i;
	int err = 0;

	if (!b->plan->nr_runs)
		return make_skeleton(b, b->plan->tool);
	for (i = 0; i < b->plan->nr_runs && !err; i++)
		err = make_skeleton(b, b->plan->runs[i].stem);
	return err;
}

static int run_steps(struct build *b, bool object_only)
{
	const char *tool = b->plan->tool;
	int err;

	err = build_bpf(b);
	if (err)
		return err;
	if (object_only)
		return deliver(b, arena_printf(b->arena, "%s.bpf.o", tool), false);
	err = emit_write(b->request->files, b->folder, b->arena, b->diag);
	if (!err)
		err = make_skeletons(b);
	if (!err)
		err = build_sets(b);
	if (!err)
		err = build_link(b);
	return err ? err : deliver(b, tool, true);
}

static int build(const struct b2c_build_request *request, bool object_only, struct b2c_arena *arena,
		 struct b2c_diag *diag)
{
	struct build b = {
		.request = request,
		.plan = request->plan,
		.arena = arena,
		.diag = diag,
	};
	int err;

	/* What the C compiler says is read. */
	setenv("LC_ALL", "C", 1);
	err = make_folder(&b);
	if (err)
		return err;
	err = run_steps(&b, object_only);
	nftw(b.folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return err;
}

int build_object(const struct b2c_build_request *request, struct b2c_arena *arena,
		 struct b2c_diag *diag)
{
	return build(request, true, arena, diag);
}

int build_tool(const struct b2c_build_request *request, struct b2c_arena *arena,
	       struct b2c_diag *diag)
{
	return build(request, false, arena, diag);
}
