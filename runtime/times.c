// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Cells for times of bpf_ktime_get_ns(): of the day, since the start, since the row before. */
#define _GNU_SOURCE
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

size_t b2c_format_time(char *text, size_t size, const char *format, const struct b2c_time *time)
{
	char expanded[TIME_SIZE], all[16];
	int digits = 0;
	size_t n, at = 0;

	snprintf(all, sizeof(all), "%09ld", time->ns);
	while (*format && at + sizeof(all) < sizeof(expanded)) {
		n = fraction_field(format, &digits);
		if (n) {
			memcpy(expanded + at, all, (size_t)digits);
			at += (size_t)digits;
		} else {
			n = format[0] == '%' && format[1] ? 2 : 1;
			memcpy(expanded + at, format, n);
			at += n;
		}
		format += n;
	}
	expanded[at] = '\0';
	return strftime(text, size, expanded, &time->tm);
}

/* Most rows are of the second of the row before. */
static void local_time(time_t seconds, struct tm *ret_tm)
{
	static struct tm tm;
	static time_t last;
	static bool known;

	if (!known || seconds != last)
		localtime_r(&seconds, &tm);
	known = true;
	last = seconds;
	*ret_tm = tm;
}

void b2c_put_time(struct b2c_row *row, uint64_t ns)
{
	const char *format = b2c_row_column(row)->format;
	int64_t real = b2c_realtime_ns(ns);
	struct b2c_time time = { .ns = (long)(real % NS_PER_S) };
	time_t seconds = (time_t)(real / NS_PER_S);
	char text[TIME_SIZE];

	if (time.ns < 0) {
		time.ns += NS_PER_S;
		seconds--;
	}
	if (b2c_row_is_data(row)) {
		format = "%Y-%m-%dT%H:%M:%S.%NZ";
		gmtime_r(&seconds, &time.tm);
	} else {
		local_time(seconds, &time.tm);
	}
	b2c_put_string(row, text,
		       b2c_format_time(text, sizeof(text), format ? format : "%H:%M:%S", &time));
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
