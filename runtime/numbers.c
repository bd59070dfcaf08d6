// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Numbers as text, faster than printf() and to the same digit. */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "text.h"

size_t b2c_format_number(char cell[B2C_NUMBER_SIZE], unsigned long long value)
{
	char digits[B2C_NUMBER_SIZE];
	size_t at = sizeof(digits), n;

	do {
		digits[--at] = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	n = sizeof(digits) - at;
	memcpy(cell, digits + at, n);
	cell[n] = '\0';
	return n;
}

/* Below this the product with a power of ten is off by less than NEAR. */
#define MOST 1e12
#define NEAR 1e-3

/*
 * The product is rounded, but by so little that it decides between two digits only where
 * the value is nearly half way between them: there, and for what is large or negative,
 * printf() decides.
 */
size_t b2c_format_fixed(char *cell, size_t size, double value, int precision)
{
	static const double powers[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9 };
	bool is_small = precision >= 0 && precision <= 9 && !signbit(value) && value < MOST;
	double scaled = is_small ? value * powers[precision] : MOST, rest;
	char digits[B2C_NUMBER_SIZE];
	uint64_t whole;
	size_t n, i;

	if (!(scaled < MOST) || size < B2C_NUMBER_SIZE + 16)
		return (size_t)snprintf(cell, size, "%.*f", precision, value);
	whole = (uint64_t)scaled;
	rest = scaled - (double)whole;
	if (rest > 0.5 - NEAR && rest < 0.5 + NEAR)
		return (size_t)snprintf(cell, size, "%.*f", precision, value);
	n = b2c_format_number(digits, whole + (rest > 0.5));
	if (!precision) {
		memcpy(cell, digits, n + 1);
		return n;
	}
	/* zeros before the digits of what is less than 1 */
	for (i = 0; n + i < (size_t)precision + 1; i++)
		cell[i] = '0';
	memcpy(cell + i, digits, n + 1);
	n += i;
	memmove(cell + n - (size_t)precision + 1, cell + n - (size_t)precision,
		(size_t)precision + 1);
	cell[n - (size_t)precision] = '.';
	return n + 1;
}
