// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The border to C++: all that the C side knows of Clang. No Clang or std type
 * crosses it. Implemented in translator/frontend.
 */
#ifndef B2C_FRONTEND_H
#define B2C_FRONTEND_H

#include "arena.h"
#include "diag.h"
#include "fixes.h"
#include "kernel.h"
#include "model.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How the manifest attaches a function, which decides whose its pointers are. */
struct b2c_hint {
	const char *function;
	enum b2c_attach_kind kind;
	const char *target;	/* first alternative, for SEC(); "" when it has none */
	struct b2c_loc loc;
};

/* A local variable that takes room on the stack, by the function that declares it. */
struct b2c_local {
	const char *function;
	const char *name;
	uint64_t size;
};

struct b2c_request {
	const char *file;	/* as the user named it, for messages */
	const char *text;	/* the source, placeholders already replaced */
	const char *arch;	/* "x86_64" or "arm64" */
	const char *options_text;	/* C text of the struct behind `opt`; "" when none */
	const char *host_text;		/* likewise of the struct behind `host` */
	const char *filter_text;	/* C text of b2c_filtered_out(); "" when none */
	const struct b2c_word *filter_in;	/* programs that ask it; none: every tracing one */
	size_t nr_filter_in;
	const char *tool;
	const struct b2c_hint *hints;
	size_t nr_hints;
	bool attaches_all;	/* what neither `hints` nor its own name attaches is not loaded */
	const struct b2c_word *called;	/* programs that maps of the manifest hold: loaded */
	size_t nr_called;
	const struct b2c_attach *attaches;	/* the manifest's, with their alternatives */
	size_t nr_attaches;
	const char *const *defines;	/* NAME or NAME=VALUE */
	size_t nr_defines;
	const struct b2c_variants *variants;	/* whose macros are decided here; NULL: none */
	const struct b2c_variant *variant;	/* which of them `defines` are of */
	const char *const *include_dirs;
	size_t nr_include_dirs;
	unsigned int fixes;	/* B2C_FIX_BIT() of those asked for */
	bool keeps_perf;	/* perf buffers stay such, unless a rule says otherwise */
	const struct b2c_map_rule *map_rules;	/* the manifest's */
	size_t nr_map_rules;
	const struct b2c_local *scratch;	/* to keep in per-CPU maps, if that can be done */
	size_t nr_scratch;
	bool no_trampolines;	/* kprobes are kprobes only */
	const char *passes;	/* comma list to run alone; NULL: all */
	bool reverse_passes;
	bool dump_provenance;	/* print the origin of every pointer to stdout */
	struct b2c_kernels *kernels;
};

/*
 * Parses and rewrites one program. Returns 0 with *ret_unit in `arena`, or
 * -EINVAL when `diag` holds errors.
 */
int frontend_translate(const struct b2c_request *request, struct b2c_arena *arena,
		       struct b2c_diag *diag, struct b2c_unit *ret_unit);

/* A text that frontend_compile finds under `name` before any file of the host. */
struct b2c_memory_file {
	const char *name;	/* "vmlinux.h", "bpf/bpf_helpers.h", ... */
	const char *text;
};

struct b2c_compile_request {
	const struct b2c_memory_file *files;	/* the first is the source */
	size_t nr_files;
	const char *arch;
	const char *const *defines;	/* NAME, each as 1 */
	size_t nr_defines;
};

/* What a function that the kernel calls needs of the stack, with all that it calls. */
struct b2c_stack_use {
	const char *function;
	uint64_t size;
	const struct b2c_local *locals;	/* the largest first */
	size_t nr_locals;
};

struct b2c_object {
	void *data;
	size_t size;
	const struct b2c_stack_use *stack_uses;	/* also when the stack was too small */
	size_t nr_stack_uses;
};

/*
 * Compiles emitted BPF C to an object, in process, from the request's files
 * alone. The verify pass runs over it: a raw dereference
 * of a kernel or user pointer is an error. libbpf's headers and b2c.bpf.h are
 * found without being listed. Returns 0 with the object's bytes in `arena`, or
 * -EINVAL when `diag` holds errors.
 */
int frontend_compile(const struct b2c_compile_request *request, struct b2c_arena *arena,
		     struct b2c_diag *diag, struct b2c_object *ret_object);

/* "bcc2core 0.1.0 (clang 19.1.7, libbpf 1.1)": the Clang part of it. */
const char *frontend_version(void);

#ifdef __cplusplus
}
#endif

#endif
