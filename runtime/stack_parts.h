// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Stacks, inside: what stacks.c and stack_layout.c share. */
#ifndef B2C_STACK_PARTS_H
#define B2C_STACK_PARTS_H

#include "stack_rows.h"

#define B2C_NR_MISSED 4 /* reasons why stacks can be missing */

/* One side of a stack: addresses, innermost first. */
struct b2c_frames {
	int64_t id; /* -ENOENT when they are gone */
	uint64_t *addresses;
	size_t nr;
};

/* An element of the counting map with its frames. */
struct b2c_stack_sample {
	struct b2c_stack stack;
	struct b2c_frames kernel;
	struct b2c_frames user;
	struct b2c_frames *sides; /* of a tool with lines of its own, as those have them */
	size_t nr_sides;
	const void *key;
	const void *value;
	double order; /* smallest first */
};

struct b2c_stack_printer {
	struct b2c_run *run;
	const struct b2c_stacks *stacks;
	struct bpf_map *traces;
	struct b2c_row *row; /* of CSV */
	unsigned int form;
	struct b2c_text text;
	struct b2c_text name;
	struct b2c_text *cells; /* of JSON and CSV: for each of the tool's columns */
	uint64_t nr_missed[B2C_NR_MISSED];
};

/* ---- stacks.c ---- */

/* Copies what an id stands for; `room` holds one value of the map of traces. */
int b2c_frames_load(const struct b2c_stack_printer *printer, uint64_t *room, int64_t id,
		    struct b2c_frames *ret_frames);
/* The name of a frame, of the kernel or by `users` of a process; until the next call. */
const char *b2c_frame_name(struct b2c_stack_printer *printer,
			   const struct b2c_symbolizer *users, uint32_t pid, uint64_t address);
/* Counts a stack that the tool should have. */
void b2c_stack_missed(struct b2c_stack_printer *printer, int64_t id);

/* ---- stack_layout.c: tools that say what their lines are ---- */

/* The frames of all stacks that the tool prints of an element. */
int b2c_layout_load(struct b2c_stack_printer *printer, uint64_t *room,
		    struct b2c_stack_sample *sample);
void b2c_layout_free(struct b2c_stack_sample *sample);
/* The lines, or the folded one, into the printer's text; nothing where none is shown. */
void b2c_layout_text(struct b2c_stack_printer *printer, struct b2c_stack_sample *sample);
/* The values of JSON or CSV, into the printer's cells; false: none of its lines is shown. */
bool b2c_layout_cells(struct b2c_stack_printer *printer, struct b2c_stack_sample *sample);
/* Looks at the processes whose stacks it prints. */
void b2c_layout_watch(struct b2c_run *run, const struct b2c_stacks *stacks, const void *key,
		      const void *value);

#endif
