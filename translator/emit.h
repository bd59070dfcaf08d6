// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Emit: renders a plan into the files of a tool, and writes files so that
 * either all of them or none appear.
 */
#ifndef B2C_EMIT_H
#define B2C_EMIT_H

#include "arena.h"
#include "diag.h"
#include "model.h"

struct b2c_emit_request {
	const char *version; /* of bcc2core */
	const char *arch;    /* "x86_64" or "arm64": the makefile's default */
	bool standalone;     /* the runtime's sources too, below b2c/ */
};

/* One file of the tool; the name may have folders: "b2c/include/b2c/b2c.h". */
struct b2c_emitted {
	const char *name;
	const char *text;
};

struct b2c_emitted_files {
	const struct b2c_emitted *items;
	size_t nr;
};

/*
 * Renders TOOL.bpf.c, vmlinux.h, TOOL.h (if both sides share anything), TOOL.c
 * and Makefile, in this order. Returns 0, or -EINVAL with a bug reported.
 */
int emit_render(const struct b2c_plan *plan, const struct b2c_emit_request *request,
		struct b2c_arena *arena, struct b2c_diag *diag,
		struct b2c_emitted_files *ret_files);

/*
 * The same of a tool with variants: TOOL_run.c beside TOOL.c has what each of them does, and
 * it and TOOL.bpf.c are compiled once for each.
 */
int emit_render_variants(const struct b2c_plan *start, const struct b2c_emit_request *request,
			 struct b2c_arena *arena, struct b2c_diag *diag,
			 struct b2c_emitted_files *ret_files);
/* What of it is the same in all: TOOL.c and Makefile. */
int emit_render_start(const struct b2c_plan *start, const struct b2c_emit_request *request,
		      struct b2c_arena *arena, struct b2c_diag *diag,
		      struct b2c_emitted_files *ret_files);

/*
 * Writes the files into `folder`, which is made if it is missing, by temporary
 * names that are renamed at the end. Returns 0, or -errno reported to `diag`
 * with nothing written.
 */
int emit_write(const struct b2c_emitted_files *files, const char *folder, struct b2c_arena *arena,
	       struct b2c_diag *diag);

/* Both: what `bcc2core emit` does. */
int emit_tool(const struct b2c_plan *plan, const struct b2c_emit_request *request,
	      const char *folder, struct b2c_arena *arena, struct b2c_diag *diag);

/* Whether a tool has symbols of processes, which take more libraries. */
bool emit_has_user_symbols(const struct b2c_plan *plan);
/* Whether a tool takes this file of the runtime; some are for user symbols or patterns alone. */
bool emit_takes_runtime_file(const struct b2c_plan *plan, const char *name);

/* Whether the two sides share anything: TOOL.h. */
bool emit_has_header(const struct b2c_plan *plan);

/* What a static tool is linked with beside the runtime: "-lbpf -lelf -lz". */
const char *emit_libraries(const struct b2c_plan *plan);

/* Replaces `path` by `data` at once. Returns 0, or -errno reported to `diag`. */
int emit_write_file(const char *path, const void *data, size_t size, bool executable,
		    struct b2c_diag *diag);

#endif
