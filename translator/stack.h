/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * Programs whose variables the stack has no room for: which of the variables go
 * to per-CPU maps. main asks after a trial compilation, and translates again.
 */
#ifndef B2C_STACK_H
#define B2C_STACK_H

#include "frontend.h"

/* The variables to move so far, in the arena. */
struct b2c_scratch_list {
	struct b2c_local *items;
	size_t nr;
};

/*
 * Adds to `list`, for each program of the object that needs more than `limit` bytes,
 * its largest variables until the rest fits. False when there is nothing to add.
 */
bool stack_choose(const struct b2c_object *object, uint64_t limit, struct b2c_arena *arena,
		  struct b2c_scratch_list *list);

#endif
