// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Stacks as columns of rows: what an id of the record stands for, below the row. */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "stack_rows.h"

/* Addresses, innermost first, up to a 0; NULL: there is none. The caller frees them. */
static uint64_t *read_frames(struct b2c_run *run, const struct b2c_stack_cell *cell,
			     size_t *ret_nr)
{
	struct bpf_map *map = bpf_object__find_map_by_name(run->object, cell->map);
	uint32_t key = (uint32_t)cell->id, size = map ? bpf_map__value_size(map) : 0;
	uint64_t *frames = cell->id < 0 || !map ? NULL : calloc(1, size + 1);

	*ret_nr = 0;
	if (!frames)
		return NULL;
	if (bpf_map_lookup_elem(bpf_map__fd(map), &key, frames)) {
		free(frames);
		return NULL;
	}
	while (*ret_nr < size / sizeof(*frames) && frames[*ret_nr])
		++*ret_nr;
	return frames;
}

void b2c_frame_text(struct b2c_run *run, const struct b2c_stack_cell *cell, uint64_t address,
		    struct b2c_text *text)
{
	struct b2c_symbol symbol = { .offset = address };

	if (cell->users)
		cell->users->find(cell->pid, address, &symbol);
	else if (!b2c_kernel_symbol(address, &symbol))
		b2c_kernel_symbols_explain(run);
	b2c_text_clear(text);
	if (run->settings.json && !symbol.name && !symbol.module)
		b2c_text_printf(text, "0x%llx", (unsigned long long)address);
	else
		b2c_symbol_text(text, &symbol, cell->parts);
}

static void add_json(struct b2c_row *row, const struct b2c_stack_cell *cell,
		     const uint64_t *frames, size_t nr)
{
	struct b2c_text name = { 0 }, list = { 0 };
	size_t i;

	b2c_text_puts(&list, frames ? "[" : "null");
	for (i = 0; i < nr; i++) {
		b2c_frame_text(row->run, cell, frames[i], &name);
		b2c_text_puts(&list, i ? "," : "");
		b2c_text_json(&list, b2c_text_string(&name), name.size);
	}
	b2c_text_puts(&list, frames ? "]" : "");
	b2c_put_cell(row, b2c_text_string(&list), list.size);
	b2c_text_free(&list);
	b2c_text_free(&name);
}

/* As in a folded line, but that the innermost stands first as in the other forms. */
static void add_csv(struct b2c_row *row, const struct b2c_stack_cell *cell,
		    const uint64_t *frames, size_t nr)
{
	struct b2c_text name = { 0 }, list = { 0 };
	size_t i;

	for (i = 0; i < nr; i++) {
		b2c_frame_text(row->run, cell, frames[i], &name);
		b2c_text_puts(&list, i ? ";" : "");
		b2c_text_add(&list, b2c_text_string(&name), name.size);
	}
	b2c_put_text(row, b2c_text_string(&list));
	b2c_text_free(&list);
	b2c_text_free(&name);
}

static void add_lines(struct b2c_row *row, const struct b2c_stack_cell *cell,
		      const uint64_t *frames, size_t nr)
{
	struct b2c_text name = { 0 }, lines = { 0 };
	size_t i;

	/* that there is no stack of this side is no loss, and known */
	if (!frames && cell->id != -EFAULT)
		b2c_text_puts(&lines, cell->users ? "\t[Missed User Stack]\n"
						  : "\t[Missed Kernel Stack]\n");
	for (i = 0; i < nr; i++) {
		b2c_frame_text(row->run, cell, frames[i], &name);
		b2c_text_puts(&lines, "\t");
		b2c_text_escaped(&lines, b2c_text_string(&name), name.size);
		b2c_text_puts(&lines, "\n");
	}
	b2c_row_add_below(row, &lines);
	b2c_text_free(&lines);
	b2c_text_free(&name);
}

void b2c_put_stack(struct b2c_row *row, const struct b2c_stack_cell *cell)
{
	uint64_t *frames;
	size_t nr;

	if (b2c_row_skips(row)) {
		b2c_put_cell(row, "", 0);
		return;
	}
	frames = read_frames(row->run, cell, &nr);
	if (row->json)
		add_json(row, cell, frames, nr);
	else if (row->csv)
		add_csv(row, cell, frames, nr);
	else
		add_lines(row, cell, frames, nr);
	free(frames);
}

void b2c_put_kernel_stack(struct b2c_row *row, const char *map, int64_t id, unsigned int parts)
{
	const struct b2c_stack_cell cell = { .map = map, .id = id, .parts = parts };

	b2c_put_stack(row, &cell);
}
