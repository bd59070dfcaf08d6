// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The combinations of options with `define`, in each of which a program of its own is
 * compiled. Part of model_plan.h.
 */
#ifndef B2C_MODEL_VARIANT_H
#define B2C_MODEL_VARIANT_H

#include "model_manifest.h"

#define B2C_VARIANTS_MAX 16

/* An option with `define`: a flag is given or not, a choice has a word. */
struct b2c_axis {
	const struct b2c_option *option;
	unsigned int nr_values;
	const char *const *names;	/* macro of each value; NULL: none is defined */
};

struct b2c_variant {
	const unsigned int *values;	/* on each axis: 0 or 1, or the index of the word */
	const char *const *defines;	/* the macros, "PER_DISK" */
	size_t nr_defines;
	const char *suffix;		/* of file names: "_per_disk"; "" when nothing is defined */
	const char *name;		/* for messages: "with PER_DISK and QUEUED defined" */
};

struct b2c_variants {
	struct b2c_arena *arena;
	const struct b2c_axis *axes;
	size_t nr_axes;
	const struct b2c_variant *items;	/* at least one */
	size_t nr;
};

#endif
