// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Cells for sizes in bytes, for numbers by a table of names, and for bytes of memory. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

#define UNIT 1024.0

/* ---- sizes ---- */

/* In the largest unit of which there is one, also after rounding. */
static int format_size(char *cell, size_t size, double value, int digits)
{
	static const char units[] = "KMGTPE";
	size_t unit = 0;
	int n;

	for (value /= UNIT; value >= UNIT && units[unit + 1]; unit++)
		value /= UNIT;
	n = snprintf(cell, size, "%.*f%c", digits, value, units[unit]);
	if (strtod(cell, NULL) < UNIT || !units[unit + 1])
		return n;
	return snprintf(cell, size, "%.*f%c", digits, value / UNIT, units[unit + 1]);
}

void b2c_put_bytes(struct b2c_row *row, long long value)
{
	unsigned long long number = (unsigned long long)value, size = value < 0 ? -number : number;
	int digits = b2c_row_column(row)->precision;
	char cell[64];
	int n = 0;

	if (b2c_row_is_data(row) || size < (unsigned long long)UNIT) {
		b2c_put_int(row, value);
		return;
	}
	digits = digits < 0 ? 0 : digits ? digits : 1;
	if (value < 0)
		cell[n++] = '-';
	n += format_size(cell + n, sizeof(cell) - (size_t)n, (double)size, digits);
	b2c_put_cell(row, cell, (size_t)n);
}

/* ---- numbers by a table of names ---- */

static void add_unnamed(struct b2c_text *text, const char *form, long long value)
{
	for (; *form; form++) {
		if (*form != '%')
			b2c_text_add(text, form, 1);
		else if (*++form == 'd')
			b2c_text_printf(text, "%lld", value);
		else if (*form == 'x')
			b2c_text_printf(text, "%llx", (unsigned long long)value);
		else
			b2c_text_add(text, "%", 1);
	}
}

void b2c_put_unnamed(struct b2c_row *row, long long value)
{
	const char *form = b2c_row_column(row)->unnamed;
	struct b2c_text text = { 0 };

	if (!form || b2c_row_is_data(row)) {
		b2c_put_int(row, value);
		return;
	}
	add_unnamed(&text, form, value);
	b2c_put_text(row, b2c_text_string(&text));
	b2c_text_free(&text);
}

void b2c_put_named(struct b2c_row *row, const struct b2c_name *names, size_t nr_names,
		   long long value)
{
	size_t i;

	for (i = 0; i < nr_names; i++)
		if (names[i].number == (uint64_t)value)
			break;
	if (i < nr_names)
		b2c_put_text(row, names[i].name);
	else
		b2c_put_unnamed(row, value);
}

void b2c_put_enum(struct b2c_row *row, long long value)
{
	const struct b2c_column *column = b2c_row_column(row);

	b2c_put_named(row, column->names, column->nr_names, value);
}

/* Bits without a name, behind those that have one. */
static void add_rest(struct b2c_row *row, struct b2c_text *text, uint64_t rest)
{
	const char *form = b2c_row_column(row)->unnamed;

	if (!form || b2c_row_is_data(row))
		form = "0x%x";
	if (*form && text->size)
		b2c_text_puts(text, "|");
	add_unnamed(text, form, (long long)rest);
}

void b2c_put_flags(struct b2c_row *row, uint64_t value)
{
	const struct b2c_column *column = b2c_row_column(row);
	struct b2c_text text = { 0 };
	bool any = value != 0;
	uint64_t rest = value;
	size_t i;

	for (i = 0; i < column->nr_names; i++) {
		const struct b2c_name *name = &column->names[i];

		if ((rest & name->number) != name->number || (!name->number && value))
			continue;
		b2c_text_puts(&text, text.size ? "|" : "");
		b2c_text_puts(&text, name->name);
		rest &= ~name->number;
		any = true;
	}
	if (rest)
		add_rest(row, &text, rest);
	b2c_put_text(row, any ? b2c_text_string(&text) : "0");
	b2c_text_free(&text);
}

/* ---- bytes of memory ---- */

void b2c_put_hexdump(struct b2c_row *row, const void *data, size_t size)
{
	static const char digits[] = "0123456789abcdef";
	const uint8_t *bytes = data;
	struct b2c_text text = { 0 };
	char byte[3] = " ";
	size_t i;

	for (i = 0; i < size; i++) {
		byte[1] = digits[bytes[i] >> 4];
		byte[2] = digits[bytes[i] & 15];
		if (i && !b2c_row_is_data(row))
			b2c_text_add(&text, byte, 3);
		else
			b2c_text_add(&text, byte + 1, 2);
	}
	b2c_put_string(row, b2c_text_string(&text), text.size);
	b2c_text_free(&text);
}
