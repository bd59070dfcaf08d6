// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Comma-separated values (RFC 4180): a block for each kind of rows, of a line
 * with the keys that JSON has and the rows below it. Blocks have an empty line
 * between them.
 */
#include <string.h>

#include "run.h"

/* Whether a block's columns are those of `row`: records of one shape from several maps. */
static bool same_keys(const struct b2c_row *last, const struct b2c_row *row)
{
	size_t i;

	/* what has no output of its own prints whole maps, and those stay apart */
	if (!last->output || !row->output || last->nr_columns != row->nr_columns)
		return false;
	for (i = 0; i < row->nr_columns; i++) {
		const struct b2c_column *one = &last->columns[i], *two = &row->columns[i];

		if (!one->key || !two->key || strcmp(one->key, two->key) != 0)
			return false;
	}
	return true;
}

int b2c_csv_block(struct b2c_run *run, const struct b2c_row *row, const char *header)
{
	struct b2c_text text = { 0 };
	int err;

	if (run->csv_of == row)
		return 0;
	b2c_text_printf(&text, "%s%s\n", run->csv_of ? "\n" : "", header);
	err = b2c_write_text(run, &text);
	b2c_text_free(&text);
	run->csv_of = row;
	return err;
}

int b2c_csv_header(struct b2c_run *run, const struct b2c_row *row)
{
	struct b2c_text header = { 0 };
	size_t i;
	int err;

	if (run->csv_of == row || (run->csv_of && same_keys(run->csv_of, row)))
		return 0;
	b2c_text_puts(&header, row->time ? "timestamp" : "");
	for (i = 0; i < row->nr_columns; i++) {
		const char *key = row->columns[i].key;

		if (!b2c_column_is_shown(&row->columns[i]))
			continue;
		b2c_text_puts(&header, header.size ? "," : "");
		if (key)
			b2c_text_csv(&header, key, strlen(key));
		else
			b2c_text_printf(&header, "column%zu", i + 1);
	}
	err = b2c_csv_block(run, row, b2c_text_string(&header));
	b2c_text_free(&header);
	return err;
}
