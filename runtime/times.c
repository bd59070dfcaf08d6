// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Cells for times of bpf_ktime_get_ns(): of the day, since the start, since the row before. */
#define _GNU_SOURCE
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "run.h"
#include "times.h"

#define NS_PER_S 1000000000LL
#define TIME_SIZE 256

/* Digits of the fraction that a field asks for, and its length: "%N", "%3N", "%f". */
static size_t fraction_field(const char *format, int *ret_digits)
{
	if (format[0] != '%')
		return 0;
	*ret_digits = format[1] == 'f' ? 6 : 9;
	if (format[1] == 'f' || format[1] == 'N')
		return 2;
	if (format[1] < '1' || format[1] > '9' || format[2] != 'N')
		return 0;
	*ret_digits = format[1] - '0';
	return 3;
}

/* Appends the first digits of the nanoseconds. */
static void add_fraction(struct b2c_text *text, long ns, int digits)
{
	char all[16];

	snprintf(all, sizeof(all), "%09ld", ns);
	b2c_text_add(text, all, (size_t)digits);
}

void b2c_format_time(struct b2c_text *text, const char *format, const struct tm *tm, long ns)
{
	struct b2c_text expanded = { 0 };
	char formatted[TIME_SIZE];
	int digits = 0;
	size_t n;

	for (; *format; format += n) {
		n = fraction_field(format, &digits);
		if (n) {
			add_fraction(&expanded, ns, digits);
			continue;
		}
		n = format[0] == '%' && format[1] ? 2 : 1;
		b2c_text_add(&expanded, format, n);
	}
	n = strftime(formatted, sizeof(formatted), b2c_text_string(&expanded), tm);
	b2c_text_add(text, formatted, n);
	b2c_text_free(&expanded);
}

/* Most rows are of the second of the row before. */
static const struct tm *local_time(time_t seconds)
{
	static struct tm tm;
	static time_t last;
	static bool known;

	if (!known || seconds != last)
		localtime_r(&seconds, &tm);
	known = true;
	last = seconds;
	return &tm;
}

void b2c_put_time(struct b2c_row *row, uint64_t ns)
{
	const struct b2c_column *column = b2c_row_column(row);
	int64_t real = b2c_realtime_ns(ns);
	long fraction = (long)(real % NS_PER_S);
	time_t seconds = (time_t)(real / NS_PER_S);
	struct b2c_text text = { 0 };
	struct tm utc = { 0 };

	if (fraction < 0) {
		fraction += NS_PER_S;
		seconds--;
	}
	if (b2c_row_is_data(row))
		b2c_format_time(&text, "%Y-%m-%dT%H:%M:%S.%NZ", gmtime_r(&seconds, &utc), fraction);
	else
		b2c_format_time(&text, column->format ? column->format : "%H:%M:%S",
				local_time(seconds), fraction);
	b2c_put_text(row, b2c_text_string(&text));
	b2c_text_free(&text);
}

void b2c_put_since_start(struct b2c_row *row, uint64_t ns)
{
	b2c_put_float(row, b2c_seconds_since_start(ns));
}

void b2c_put_delta(struct b2c_row *row, uint64_t ns)
{
	uint64_t before = ns;

	if (!row->previous)
		row->previous = calloc(row->nr_columns + 1, sizeof(*row->previous));
	if (row->previous && row->column < row->nr_columns) {
		before = row->previous[row->column] ? row->previous[row->column] : ns;
		row->previous[row->column] = ns;
	}
	b2c_put_float(row, (double)(int64_t)(ns - before) / NS_PER_S);
}
