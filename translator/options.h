// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The command line of bcc2core: `bcc2core COMMAND [TOOL.c] [options]`. main asks
 * for it once and prints what options_print_* give; parsing itself prints
 * nothing.
 */
#ifndef B2C_OPTIONS_H
#define B2C_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "arena.h"

/* id, word, whether it writes to --output, its line of the general help */
#define B2C_COMMANDS(X) \
	X(NONE, "", false, "") \
	X(BUILD, "build", true, "make one static binary") \
	X(EMIT, "emit", true, "write readable sources that a person can maintain from then on") \
	X(OBJECT, "object", true, "make the CO-RE object alone, for another loader") \
	X(CHECK, "check", false, "say what is wrong, and write nothing") \
	X(IMPORT, "import", false, "make TOOL.c and TOOL.yaml of a Python script for bcc") \
	X(SCHEMA, "schema", false, "print the JSON schema of manifests, for editors")

enum b2c_command_id {
#define X(id, word, writes, help) B2C_COMMAND_##id,
	B2C_COMMANDS(X)
#undef X
	B2C_NR_COMMANDS,
};

/* id, word of --dump */
#define B2C_DUMPS(X) \
	X(NONE, "") X(UNIT, "unit") X(MANIFEST, "manifest") X(PLAN, "plan") \
	X(PROVENANCE, "provenance")

enum b2c_dump {
#define X(id, word) B2C_DUMP_##id,
	B2C_DUMPS(X)
#undef X
	B2C_NR_DUMPS,
};

struct b2c_command {
	enum b2c_command_id id;
	bool help;		/* print the help of `id`, then end with status 0 */
	bool version;
	bool verbose;
	bool standalone;	/* emit: the runtime's sources too */
	bool reverse_passes;
	bool no_trampolines;
	bool json;		/* check: one object a line */
	const char *kernels;	/* check: NULL: no report; "": all; else a comma list */
	enum b2c_dump dump;
	const char *source;	/* TOOL.c; import: the script */
	char **arguments;	/* import: the script's own, up to a NULL */
	const char *manifest;	/* given, or found beside the source; NULL: none */
	const char *output;	/* NULL: nothing is written */
	bool output_given;	/* else `output` is the source's stem */
	const char *arch;	/* "x86_64" or "arm64" */
	const char *btf;	/* NULL: none given */
	const char *const *embedded;	/* build: files of --embed-btf */
	size_t nr_embedded;
	bool embeds_none;	/* the one of them is the word none */
	unsigned int fixes;	/* B2C_FIX_BIT() of fixes.h */
	bool keeps_perf;	/* --buffers=perf */
	uint64_t stack_limit;	/* bytes that a program may take of the stack */
	const char *passes;	/* comma list; NULL: all */
	const char *const *defines;	/* NAME or NAME=VALUE */
	size_t nr_defines;
	const char *const *include_dirs;
	size_t nr_include_dirs;
	const char *error;	/* what is wrong and the way out, one line */
	struct b2c_arena *arena;	/* of the strings that are not argv's */
};

/*
 * Reads the command line. Returns 0, or -EINVAL with ret_command->error; both
 * ways ret_command must go to options_free. With `help` or `version` set only
 * `id` counts besides.
 */
int options_parse(int argc, char **argv, struct b2c_command *ret_command);
void options_free(struct b2c_command *command);

/* "bcc2core: error: TEXT [usage]" */
void options_print_error(const struct b2c_command *command, FILE *out);

/* The help of the command, or of bcc2core when there is none. */
void options_print_help(const struct b2c_command *command, FILE *out);

#endif
