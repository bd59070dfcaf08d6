// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Layout of stacks: the lines that a tool says itself, as text, as one folded line, or as
 * values of JSON and CSV. The tool's function names the stacks in its order, so that the
 * frames which it asked for when they were loaded are found again when it prints them.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"
#include "stack_parts.h"

enum laying { LAY_LOAD, LAY_WATCH, LAY_LINES, LAY_FOLDED, LAY_CELLS };

struct b2c_layout {
	enum laying how;
	struct b2c_stack_printer *printer;
	struct b2c_stack_sample *sample;
	struct b2c_run *run;
	uint64_t *room;	 /* of LAY_LOAD */
	size_t nr_sides; /* so far */
	size_t nr_parts; /* of LAY_FOLDED, so far */
	bool is_shown;	 /* there is something of this element */
	int err;
};

/* The function whose lines count: JSON and CSV have the parts of the folded line. */
static void lay(struct b2c_layout *layout, const struct b2c_stacks *stacks, const void *key,
		const void *value)
{
	const struct b2c_stack_printer *printer = layout->printer;
	bool is_flat = printer && (printer->run->settings.json || printer->run->settings.csv ||
				   printer->form & B2C_STACKS_FOLDED);

	if (is_flat && stacks->fold)
		stacks->fold(key, value, layout);
	else
		stacks->lines(key, value, layout);
}

/* ---- frames ---- */

static void add_side(struct b2c_layout *layout, int64_t id)
{
	struct b2c_stack_sample *sample = layout->sample;
	struct b2c_frames *sides;

	if (layout->err)
		return;
	sides = realloc(sample->sides, (sample->nr_sides + 1) * sizeof(*sides));
	if (!sides) {
		layout->err = -ENOMEM;
		return;
	}
	sample->sides = sides;
	sides[sample->nr_sides] = (struct b2c_frames){ 0 };
	layout->err =
		b2c_frames_load(layout->printer, layout->room, id, &sides[sample->nr_sides++]);
}

static void add_escaped(struct b2c_text *text, const char *s)
{
	b2c_text_escaped(text, s, strlen(s));
}

static void add_line(struct b2c_layout *layout, const struct b2c_side *side, uint64_t address,
		     const char *name)
{
	struct b2c_text *text = &layout->printer->text;

	b2c_text_puts(text, side->indent ? side->indent : "");
	if (side->address)
		b2c_text_printf(text, "%*llx ", side->address, (unsigned long long)address);
	add_escaped(text, name);
	b2c_text_add(text, "\n", 1);
}

static void add_part(struct b2c_layout *layout, const char *part)
{
	b2c_text_puts(&layout->printer->text, layout->nr_parts++ ? ";" : "");
	add_escaped(&layout->printer->text, part);
}

/* The cell of a key; NULL: there is none, or it has its value already. */
static struct b2c_text *find_cell(const struct b2c_layout *layout, const char *key)
{
	const struct b2c_stacks *stacks = layout->printer->stacks;
	size_t i;

	for (i = 0; key && i < stacks->nr_columns; i++)
		if (!strcmp(stacks->columns[i].key, key))
			return layout->printer->cells[i].size ? NULL : &layout->printer->cells[i];
	return NULL;
}

static void add_to_cell(const struct b2c_layout *layout, struct b2c_text *cell, const char *name)
{
	if (layout->printer->run->settings.csv) {
		b2c_text_puts(cell, cell->size ? ";" : "");
		b2c_text_puts(cell, name);
	} else {
		b2c_text_puts(cell, cell->size > 1 ? "," : "");
		b2c_text_json(cell, name, strlen(name));
	}
}

static void add_frames(struct b2c_layout *layout, const struct b2c_side *side, uint32_t pid,
		       const struct b2c_frames *frames, struct b2c_text *cell)
{
	size_t nr = frames->nr > side->skip ? frames->nr - side->skip : 0, i;

	for (i = 0; i < nr; i++) {
		size_t at = side->skip + (side->reversed ? nr - 1 - i : i);
		const char *name = b2c_frame_name(layout->printer, side->users, pid,
						  frames->addresses[at]);

		if (layout->how == LAY_LINES)
			add_line(layout, side, frames->addresses[at], name);
		else if (layout->how == LAY_FOLDED)
			add_part(layout, name);
		else
			add_to_cell(layout, cell, name);
	}
}

static void fill_cell(struct b2c_layout *layout, const struct b2c_side *side, uint32_t pid,
		      const struct b2c_frames *frames)
{
	bool is_json = layout->printer->run->settings.json;
	struct b2c_text *cell = find_cell(layout, side->key);

	if (!cell)
		return;
	if (is_json && frames->id < 0) {
		b2c_text_puts(cell, "null");
		return;
	}
	b2c_text_puts(cell, is_json ? "[" : "");
	add_frames(layout, side, pid, frames, cell);
	b2c_text_puts(cell, is_json ? "]" : "");
}

void b2c_lay_stack(struct b2c_layout *layout, const struct b2c_side *side, int64_t id, uint32_t pid)
{
	const struct b2c_stack_sample *sample = layout->sample;

	layout->is_shown = true;
	if (layout->how == LAY_WATCH) {
		if (side->users && id >= 0 && pid)
			layout->run->users->see(pid);
	} else if (layout->how == LAY_LOAD) {
		add_side(layout, id);
	} else if (layout->nr_sides < sample->nr_sides) {
		const struct b2c_frames *frames = &sample->sides[layout->nr_sides++];

		if (layout->how == LAY_CELLS)
			fill_cell(layout, side, pid, frames);
		else
			add_frames(layout, side, pid, frames, NULL);
	}
}

/* ---- texts ---- */

static void fill_text(struct b2c_layout *layout, const char *key, const char *s, size_t size)
{
	struct b2c_text *cell = find_cell(layout, key);

	if (cell && layout->printer->run->settings.json)
		b2c_text_json(cell, s, size);
	else if (cell)
		b2c_text_add(cell, s, size);
}

void b2c_lay_text(struct b2c_layout *layout, const char *key, const char *s, size_t size)
{
	struct b2c_text *text = layout->printer ? &layout->printer->text : NULL;
	size_t n = strnlen(s, size);

	layout->is_shown = true;
	if (layout->how == LAY_CELLS) {
		fill_text(layout, key, s, n);
	} else if (layout->how == LAY_LINES) {
		b2c_text_escaped(text, s, n);
		b2c_text_add(text, "\n", 1);
	} else if (layout->how == LAY_FOLDED) {
		b2c_text_puts(text, layout->nr_parts++ ? ";" : "");
		b2c_text_escaped(text, s, n);
	}
}

/* ---- elements ---- */

int b2c_layout_load(struct b2c_stack_printer *printer, uint64_t *room,
		    struct b2c_stack_sample *sample)
{
	struct b2c_layout layout = {
		.how = LAY_LOAD,
		.printer = printer,
		.sample = sample,
		.room = room,
	};

	lay(&layout, printer->stacks, sample->key, sample->value);
	return layout.err;
}

void b2c_layout_free(struct b2c_stack_sample *sample)
{
	size_t i;

	for (i = 0; i < sample->nr_sides; i++)
		free(sample->sides[i].addresses);
	free(sample->sides);
}

void b2c_layout_text(struct b2c_stack_printer *printer, struct b2c_stack_sample *sample)
{
	bool is_folded = printer->form & B2C_STACKS_FOLDED && printer->stacks->fold;
	struct b2c_layout layout = {
		.how = is_folded ? LAY_FOLDED : LAY_LINES,
		.printer = printer,
		.sample = sample,
	};

	lay(&layout, printer->stacks, sample->key, sample->value);
	if (is_folded && layout.is_shown)
		b2c_text_printf(&printer->text, " %llu\n", (unsigned long long)sample->stack.count);
}

bool b2c_layout_cells(struct b2c_stack_printer *printer, struct b2c_stack_sample *sample)
{
	struct b2c_layout layout = { .how = LAY_CELLS, .printer = printer, .sample = sample };
	size_t i;

	for (i = 0; i < printer->stacks->nr_columns; i++)
		b2c_text_clear(&printer->cells[i]);
	lay(&layout, printer->stacks, sample->key, sample->value);
	return layout.is_shown;
}

void b2c_layout_watch(struct b2c_run *run, const struct b2c_stacks *stacks, const void *key,
		      const void *value)
{
	struct b2c_layout layout = { .how = LAY_WATCH, .run = run };

	lay(&layout, stacks, key, value);
}
