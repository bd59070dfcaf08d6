// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Variants: options with `define` change what the program is, so that it is translated and
 * compiled once for each combination of their values. main goes through the variants, each
 * with the manifest as it reads there; emit and build make one tool of them again.
 */
#ifndef B2C_VARIANT_H
#define B2C_VARIANT_H

#include "arena.h"
#include "diag.h"
#include "model.h"

/*
 * Which variants there are. `defines`: of the command line. An object is one variant, the
 * one that they choose. Returns 0, or -EINVAL with errors reported.
 */
struct b2c_variants_request {
	const struct b2c_manifest *manifest;
	const char *source;	/* before placeholders are replaced */
	const char *const *defines;
	size_t nr_defines;
	bool is_object;
};

int variants_find(const struct b2c_variants_request *request, struct b2c_arena *arena,
		  struct b2c_diag *diag, struct b2c_variants *ret_variants);

enum b2c_truth { B2C_FALSE, B2C_TRUE, B2C_UNKNOWN };

/* What an expression over `opt` is in a variant; unknown where it asks for more. */
enum b2c_truth variant_truth(const struct b2c_variants *variants,
			     const struct b2c_variant *variant, const char *expression);

/* What a host says to one of `facts`. */
struct b2c_host_answer {
	const char *name;
	bool is_there;
};

/* What an expression over `host` is where these are the answers; unknown where it asks for more. */
enum b2c_truth host_truth(const struct b2c_host_answer *answers, size_t nr, const char *expression);

/*
 * The manifest in a variant: texts of `replace` chosen, and without the outputs and columns
 * whose `when` is false there. Returns 0, or -EINVAL with errors reported.
 */
int variant_manifest(const struct b2c_variants *variants, const struct b2c_variant *variant,
		     struct b2c_diag *diag, struct b2c_manifest *manifest);

/*
 * The plan of a tool with variants, from the plan of each, which `runs` of it has without
 * those that are the same.
 */
void variants_join(const struct b2c_variants *variants, const struct b2c_plan *const *plans,
		   struct b2c_arena *arena, struct b2c_plan *ret_start);

enum b2c_variant_words {
	B2C_WORDS_DEFINED,	/* defined(PER_DISK) && !defined(QUEUED) */
	B2C_WORDS_OPTIONS,	/* opt.disks && !opt.queued */
};

/* A condition that is true in those of the variants whose bit `set` has, and in no other. */
const char *variants_condition(const struct b2c_variants *variants, uint32_t set,
			       enum b2c_variant_words words, struct b2c_arena *arena);

#endif
