// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Build, inside: what the parts of build share. Only build*.c include this. */
#ifndef B2C_BUILD_PARTS_H
#define B2C_BUILD_PARTS_H

#include <sys/types.h>

#include "build.h"
#include "text.h"

struct build {
	const struct b2c_build_request *request;
	const struct b2c_plan *plan;
	struct b2c_arena *arena;
	struct b2c_diag *diag;
	const char *folder; /* temporary; children run in it */
	const char *kept;   /* folder of objects that other builds made; NULL: none is kept */
	bool has_sets;	    /* there is a source with BTF; build_sets.c */
};

/* ---- build_run.c: other programs ---- */

/* A command line in the making. */
struct build_args {
	const char **items; /* NULL-terminated once build_start has it */
	size_t nr;
	const char *folder; /* where it runs, below the temporary folder; NULL: there */
};

void build_arg(struct build *b, struct build_args *args, const char *arg);

/* Every word of `words`, cut at blanks. */
void build_arg_words(struct build *b, struct build_args *args, const char *words);

/* A started program; its messages go to a file of the temporary folder. */
struct build_child {
	pid_t pid;
	const char *log;
};

/*
 * Full path of a program of PATH or of the system folders that PATH lacks for
 * users. NULL: missing, reported with the package that has it.
 */
const char *build_find(struct build *b, const char *name, const char *package);

/*
 * Starts args->items[0]. `output`: file for its standard output, or NULL.
 * Returns 0 or -errno, reported.
 */
int build_start(struct build *b, struct build_args *args, const char *output,
		struct build_child *ret_child);

/* Waits. Returns 0, or -EIO (not reported) with the messages in ret_log, the caller's. */
int build_wait(struct build_child *child, struct b2c_text *ret_log);

/* Both, with a failure reported as the program's. */
int build_run(struct build *b, struct build_args *args, const char *output);

/* Reports that a program failed, with the first line that it said about it. */
void build_report(struct build *b, const char *program, const struct b2c_text *log);

/* ---- build_object.c ---- */

/* Compiles and links TOOL.bpf.o in the temporary folder. Returns 0 or -errno, reported. */
int build_bpf(struct build *b);

/* ---- build_sets.c ---- */

/* Stem of the source with the tool's BTF; no tool can be called so. */
#define BUILD_SETS "btf-sets"

/* Writes that source, for the object in the temporary folder. Returns 0 or -errno, reported. */
int build_sets(struct build *b);

/* ---- build_kept.c: the runtime's objects, kept between builds ---- */

/* Sets b->kept, where B2C_OBJECTS names a folder. Returns 0 or -errno, reported. */
int build_kept_find(struct build *b, const struct build_args *command);

/* Path of a kept object ("show.o"); NULL: there is none. */
const char *build_kept_object(struct build *b, const char *name);

/* Keeps a copy of an object, where objects are kept. Returns 0 or -errno, reported. */
int build_kept_add(struct build *b, const char *name, const char *path);

/* ---- build_link.c ---- */

/* Compiles TOOL.c and the runtime and links TOOL in the temporary folder. */
int build_link(struct build *b);

/* ---- build.c ---- */

const char *build_path(struct build *b, const char *name);

#endif
