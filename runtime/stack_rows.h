// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Stacks as columns of rows. */
#ifndef B2C_STACK_ROWS_H
#define B2C_STACK_ROWS_H

#include "run.h"
#include "symbols.h"

/* A stack of the kernel, or of a process by `users`. */
struct b2c_stack_cell {
	const char *map;
	int64_t id;
	unsigned int parts;
	const struct b2c_symbolizer *users; /* NULL: the kernel's */
	uint32_t pid;
};

/* The text of a frame, instead of what `text` has; in JSON an address that is unknown. */
void b2c_frame_text(struct b2c_run *run, const struct b2c_stack_cell *cell, uint64_t address,
		    struct b2c_text *text);
void b2c_put_stack(struct b2c_row *row, const struct b2c_stack_cell *cell);

#endif
