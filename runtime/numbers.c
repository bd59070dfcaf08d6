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
	static const char pairs[] = "00010203040506070809101112131415161718192021222324"
				    "25262728293031323334353637383940414243444546474849"
				    "50515253545556575859606162636465666768697071727374"
				    "75767778798081828384858687888990919293949596979899";
	char digits[B2C_NUMBER_SIZE];
	size_t at = sizeof(digits), n;

	for (; value >= 100; value /= 100)
		memcpy(&digits[at -= 2], &pairs[2 * (value % 100)], 2);
	memcpy(&digits[at -= 2], &pairs[2 * value], 2);
	at += value < 10;
	n = sizeof(digits) - at;
	memcpy(cell, digits + at, n);
	cell[n] = '\0';
	return n;
}

#define NS_PER_S 1000000000u

/*
 * The quotient of two integers, rounded once. With no more than 15 digits its decimals are
 * what "%.15g" finds for it too, and they read back as the same number.
 */
size_t b2c_format_seconds(char cell[2 * B2C_NUMBER_SIZE], double value)
{
	char digits[B2C_NUMBER_SIZE];
	uint64_t ns;
	size_t n;

	if (!(value >= 1e-4 && value < 1e6))
		return 0;
	ns = (uint64_t)(value * NS_PER_S + 0.5);
	if ((double)ns / NS_PER_S != value)
		return 0;
	n = b2c_format_number(cell, ns / NS_PER_S);
	if (!(ns % NS_PER_S))
		return n;
	/* a 1 before the decimals, in the place of the point, keeps their zeros */
	memcpy(cell + n, digits, b2c_format_number(digits, ns % NS_PER_S + NS_PER_S));
	cell[n] = '.';
	for (n += 9; cell[n] == '0'; n--)
		;
	cell[n + 1] = '\0';
	return n + 1;
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
