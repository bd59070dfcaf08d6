// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Build: from a plan to a CO-RE object or to one static binary. All work is
 * done in a temporary folder that is removed; the result is renamed into its
 * place at the end. The object is compiled in process; the binary needs
 * bpftool, a C compiler for the target and the static libraries of libbpf.
 *
 * Environment: CC (compiler for the target; may have arguments), B2C_SYSROOT
 * (where the target's libraries are), B2C_CACHE, B2C_OBJECTS (see build_kept.c), TMPDIR, PATH.
 */
#ifndef B2C_BUILD_H
#define B2C_BUILD_H

#include "emit.h"
#include "frontend.h"

struct b2c_build_request {
	const struct b2c_plan *plan;
	const struct b2c_emitted_files *files; /* what emit_render gave */
	const char *arch;		       /* "x86_64" or "arm64" */
	const char *output;		       /* path of the result */
	const struct b2c_variant *variant; /* whose macros it is compiled with; NULL: none's */
	/* build_tool: whose BTF goes with the tool; NULL: of no kernel */
	struct b2c_kernels *kernels;
	const char *const *btf_files; /* and of these files, RELEASE.btf */
	size_t nr_btf_files;
};

/* Compiles the object into `arena`: 0, or -errno with what is wrong reported. */
int build_verify(const struct b2c_build_request *request, struct b2c_arena *arena,
		 struct b2c_diag *diag, struct b2c_object *ret_object);

/*
 * The same in a process of its own: one can compile one CO-RE object. What the programs take
 * of the stack is not told.
 */
int build_verify_apart(const struct b2c_build_request *request, struct b2c_arena *arena,
		       struct b2c_diag *diag, struct b2c_object *ret_object);

/*
 * What the programs take of the stack, by a compilation that reports nothing and whose
 * object is thrown away: ret_object's stack_uses, none where it failed for another reason.
 */
int build_trial(const struct b2c_build_request *request, struct b2c_arena *arena,
		struct b2c_object *ret_object);

/* Both return 0, or -errno reported to `diag` with nothing written. */
int build_object(const struct b2c_build_request *request, struct b2c_arena *arena,
		 struct b2c_diag *diag);
int build_tool(const struct b2c_build_request *request, struct b2c_arena *arena,
	       struct b2c_diag *diag);

#endif
