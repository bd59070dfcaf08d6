// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Rows of text or JSON: cells are added one by one, the line is written when
 * the row ends.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

#define MIN_TEXT_WIDTH 16 /* of text that is cut */

struct cell {
	const char *text;
	size_t size, columns;
	bool is_text; /* that may be cut, where it is the last one */
};

void b2c_row_init(struct b2c_row *row, struct b2c_run *run, const struct b2c_output *output,
		  const struct b2c_column *columns, size_t nr_columns)
{
	*row = (struct b2c_row){
		.run = run,
		.output = output,
		.columns = columns,
		.nr_columns = nr_columns,
		.json = run && run->settings.json,
		.csv = run && run->settings.csv,
	};
}

void b2c_row_free(struct b2c_row *row)
{
	b2c_text_free(&row->line);
	b2c_text_free(&row->scratch);
	b2c_text_free(&row->below);
	free(row->previous);
	row->previous = NULL;
}

bool b2c_column_is_shown(const struct b2c_column *column)
{
	return !column->when || column->when();
}

/* Appends a cell that takes so many columns, in the width of its own, after `before` blanks. */
static void add_padded(struct b2c_text *line, size_t before, struct cell cell, int width)
{
	size_t wanted = width < 0 ? (size_t)-(long)width : (size_t)width;
	size_t padding = wanted > cell.columns ? wanted - cell.columns : 0;
	char *to = b2c_text_room(line, before + padding + cell.size);

	if (!to)
		return;
	if (width > 0)
		before += padding;
	while (before--)
		*to++ = ' ';
	memcpy(to, cell.text, cell.size);
	to += cell.size;
	while (width < 0 && padding--)
		*to++ = ' ';
	b2c_text_took(line, to);
}

static const char *header_of(const struct b2c_column *column)
{
	const char *header = b2c_text_of(column->header, column->header_of);

	return header ? header : "";
}

int b2c_print_header(struct b2c_run *run, const struct b2c_row *row)
{
	struct b2c_text line = { 0 };
	size_t i, nr = 0;
	int err;

	if (row->json)
		return 0;
	if (row->csv)
		return b2c_csv_header(run, row);
	if (row->no_header)
		return 0;
	for (i = 0; i < row->nr_columns; i++) {
		const struct b2c_column *column = &row->columns[i];
		const char *header = header_of(column);
		size_t size = strlen(header);
		struct cell cell = { header, size, b2c_text_width(header, size), true };

		if (b2c_column_is_shown(column) && !column->below)
			add_padded(&line, (nr++ > 0) + column->indent, cell, column->width);
	}
	b2c_text_trim(&line);
	b2c_text_add(&line, "\n", 1);
	err = b2c_write_text(run, &line);
	b2c_text_free(&line);
	run->header_of = row->output;
	return err;
}

/* Whether the header printed last fits this row: its own, or one that is the same. */
static bool has_header(const struct b2c_row *row)
{
	const struct b2c_output *last = row->run->header_of;
	size_t i;

	if (last == row->output)
		return true;
	if (!last || last->row.nr_columns != row->nr_columns)
		return false;
	for (i = 0; i < row->nr_columns; i++) {
		const struct b2c_column *one = &last->row.columns[i], *two = &row->columns[i];

		if (b2c_column_is_shown(one) != b2c_column_is_shown(two))
			return false;
		if (one->width != two->width || one->indent != two->indent ||
		    strcmp(header_of(one), header_of(two)))
			return false;
	}
	return true;
}

void b2c_row_begin(struct b2c_row *row)
{
	b2c_text_clear(&row->line);
	b2c_text_clear(&row->below);
	row->column = 0;
	row->nr_cells = 0;
	row->ends_in_text = false;
	if (row->csv && row->time)
		b2c_text_printf(&row->line, "%s,", row->time);
	if (!row->json)
		return;
	b2c_text_add(&row->line, "{", 1);
	if (row->time) {
		b2c_text_printf(&row->line, "\"timestamp\":\"%s\"", row->time);
		row->nr_cells++;
	}
	if (row->name) {
		b2c_text_puts(&row->line, row->nr_cells ? ",\"table\":" : "\"table\":");
		b2c_text_json(&row->line, row->name, strlen(row->name));
		row->nr_cells++;
	}
	if (row->record) {
		b2c_text_puts(&row->line, row->nr_cells ? ",\"record\":" : "\"record\":");
		b2c_text_json(&row->line, row->record, strlen(row->record));
		row->nr_cells++;
	}
}

/*
 * On a terminal text at the end of a row is cut so that the row stays on its line. What goes
 * elsewhere is whole, and so are numbers and what would lose nearly all.
 */
static void fit_terminal(struct b2c_row *row)
{
	static const char mark[] = "...";
	struct b2c_text *line = &row->line;
	size_t width, start;

	if (!row->ends_in_text || row->last_cell > line->size)
		return;
	width = b2c_terminal_width(row->run);
	start = b2c_text_width(line->data, row->last_cell);
	if (!width || start + MIN_TEXT_WIDTH > width ||
	    b2c_text_width(line->data, line->size) <= width)
		return;
	line->size = b2c_text_fit(line->data, line->size, width - strlen(mark));
	b2c_text_puts(line, mark);
}

int b2c_row_end(struct b2c_row *row)
{
	int err = 0;

	if (row->take || row->run->settings.prometheus < 0) /* metrics are all there is */
		return 0;
	if (!row->json && !row->csv) {
		b2c_text_trim(&row->line);
		fit_terminal(row);
	}
	if (row->csv && !row->line.size) /* one field, which is empty */
		b2c_text_puts(&row->line, "\"\"");
	b2c_text_add(&row->line, row->json ? "}\n" : "\n", 1 + row->json);
	/* as bcc: what has stacks below has a gap behind */
	if (row->has_below)
		b2c_text_add(&row->below, "\n", 1);
	if (row->csv || (row->output && !has_header(row)))
		err = b2c_print_header(row->run, row);
	if (!err)
		err = b2c_write_text(row->run, &row->line);
	if (!err && row->has_below && !row->json && !row->csv)
		err = b2c_write_text(row->run, &row->below);
	if (!row->err)
		row->err = err;
	return err;
}

int b2c_row_short(struct b2c_row *row, size_t size)
{
	(void)size;
	row->run->nr_short++;
	return 0;
}

const struct b2c_column *b2c_row_column(const struct b2c_row *row)
{
	static const struct b2c_column none = { 0 };

	return row->column < row->nr_columns ? &row->columns[row->column] : &none;
}

bool b2c_row_skips(const struct b2c_row *row)
{
	return !b2c_column_is_shown(b2c_row_column(row));
}

/* ,"key":cell */
static void add_json_cell(struct b2c_row *row, const char *key, const struct cell *cell)
{
	size_t size = strlen(key);
	char *to;

	if (b2c_text_plain(key, size, true) < size) {
		b2c_text_add(&row->line, ",", row->nr_cells > 0);
		b2c_text_json(&row->line, key, size);
		b2c_text_add(&row->line, ":", 1);
		b2c_text_add(&row->line, cell->text, cell->size);
		return;
	}
	to = b2c_text_room(&row->line, size + cell->size + strlen(",\"\":"));
	if (!to)
		return;
	if (row->nr_cells)
		*to++ = ',';
	*to++ = '"';
	to = mempcpy(to, key, size);
	*to++ = '"';
	*to++ = ':';
	b2c_text_took(&row->line, mempcpy(to, cell->text, cell->size));
}

static void put_cell(struct b2c_row *row, struct cell cell)
{
	const struct b2c_column *column = b2c_row_column(row);
	struct b2c_text *line = &row->line;
	char unnamed[32];

	if (!b2c_column_is_shown(column)) {
		row->column++;
		return;
	}
	if (row->take) {
		row->take(row, cell.text, cell.size);
	} else if (row->json && column->key) {
		add_json_cell(row, column->key, &cell);
	} else if (row->json) {
		snprintf(unnamed, sizeof(unnamed), "column%zu", row->column + 1);
		add_json_cell(row, unnamed, &cell);
	} else if (row->csv) {
		b2c_text_add(line, ",", row->nr_cells > 0);
		b2c_text_csv(line, cell.text, cell.size);
	} else {
		size_t before = (row->nr_cells > 0) + column->indent;

		row->last_cell = line->size + before;
		row->ends_in_text = cell.is_text;
		add_padded(line, before, cell, column->width);
	}
	row->column++;
	row->nr_cells++;
}

void b2c_put_cell(struct b2c_row *row, const char *cell, size_t size)
{
	bool is_text = cell == row->scratch.data; /* that is where text is made */
	size_t columns = b2c_row_is_data(row) ? 0 : b2c_text_width(cell, size);

	put_cell(row, (struct cell){ cell, size, columns, is_text });
}

static void put_number(struct b2c_row *row, const char *digits, size_t size)
{
	put_cell(row, (struct cell){ digits, size, size, false });
}

void b2c_put_bool(struct b2c_row *row, bool value)
{
	bool is_data = row->json || row->csv;
	const char *cell = is_data ? (value ? "true" : "false") : value ? "1" : "0";

	b2c_put_cell(row, cell, strlen(cell));
}

void b2c_put_int(struct b2c_row *row, long long value)
{
	char cell[B2C_NUMBER_SIZE + 1];
	bool negative = value < 0;

	cell[0] = '-';
	put_number(row, cell + !negative,
		   b2c_format_number(cell + 1, negative ? -(unsigned long long)value
							: (unsigned long long)value) +
			   negative);
}

void b2c_put_uint(struct b2c_row *row, unsigned long long value)
{
	char cell[B2C_NUMBER_SIZE];

	put_number(row, cell, b2c_format_number(cell, value));
}

/* The fewest digits that read back as the same number. */
static int format_exactly(char *cell, size_t size, double value)
{
	int digits, n = (int)b2c_format_seconds(cell, value);

	if (n)
		return n;
	for (digits = 15; digits <= 17; digits++) {
		n = snprintf(cell, size, "%.*g", digits, value);
		if (strtod(cell, NULL) == value)
			break;
	}
	return n;
}

void b2c_put_float(struct b2c_row *row, double value)
{
	const struct b2c_column *column = b2c_row_column(row);
	char cell[400]; /* %f of the largest double has 309 digits */
	int n;

	if ((row->json || row->csv) && !isfinite(value))
		n = snprintf(cell, sizeof(cell), "%s", row->json ? "null" : "");
	else if (row->json || row->csv)
		n = format_exactly(cell, sizeof(cell), value);
	else if (column->precision > 0)
		n = (int)b2c_format_fixed(cell, sizeof(cell), value,
					  column->precision < 64 ? column->precision : 64);
	else if (column->precision < 0)
		n = (int)b2c_format_fixed(cell, sizeof(cell), value, 0);
	else
		n = snprintf(cell, sizeof(cell), "%g", value);
	put_number(row, cell, (size_t)n);
}

/* How much of a text its column shows: `precision`, as in printf; data is whole. */
static size_t cut_text(const struct b2c_row *row, const char *text, size_t size)
{
	int most = b2c_row_column(row)->precision;

	if (!most || b2c_row_is_data(row))
		return size;
	return b2c_text_fit(text, size, most > 0 ? (size_t)most : 0);
}

void b2c_put_chars(struct b2c_row *row, const void *text, size_t size)
{
	/* nearly all text is put as it is */
	if (!row->json && b2c_text_plain(text, size, false) == size) {
		size = cut_text(row, text, size);
		put_cell(row, (struct cell){ text, size, size, true });
		return;
	}
	b2c_text_clear(&row->scratch);
	if (row->json)
		b2c_text_json(&row->scratch, text, size);
	else
		b2c_text_escaped(&row->scratch, text, size);
	b2c_put_cell(row, b2c_text_string(&row->scratch),
		     cut_text(row, row->scratch.data, row->scratch.size));
}

void b2c_put_string(struct b2c_row *row, const char *text, size_t size)
{
	b2c_put_chars(row, text, strnlen(text, size));
}

void b2c_put_text(struct b2c_row *row, const char *text)
{
	b2c_put_string(row, text ? text : "", text ? strlen(text) : 0);
}

void b2c_put_comm(struct b2c_row *row, const char *comm, size_t size)
{
	b2c_put_string(row, comm, size);
}

void b2c_put_pointer(struct b2c_row *row, const void *value)
{
	b2c_put_hex(row, (uintptr_t)value);
}

void b2c_put_hex(struct b2c_row *row, uint64_t value)
{
	char cell[32];
	const char *quote = row->json ? "\"" : "";
	int n = snprintf(cell, sizeof(cell), "%s0x%llx%s", quote, (unsigned long long)value, quote);

	b2c_put_cell(row, cell, (size_t)n);
}

void b2c_put_pid(struct b2c_row *row, int pid)
{
	b2c_put_int(row, pid);
}

void b2c_row_add_below(struct b2c_row *row, const struct b2c_text *lines)
{
	row->has_below = true;
	row->column++;
	b2c_text_add(&row->below, b2c_text_string(lines), lines->size);
}
