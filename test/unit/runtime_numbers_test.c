// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Numbers as text, against printf(): edges, halves, and many at random. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

static void check_fixed(double value, int precision)
{
	char want[400], got[400];
	size_t n = b2c_format_fixed(got, sizeof(got), value, precision);

	snprintf(want, sizeof(want), "%.*f", precision, value);
	assert_string_equal(got, want);
	assert_int_equal(n, strlen(want));
}

static void test_edges(void **state)
{
	static const double values[] = {
		0,	    -0.0,     0.5,	1.5,	  2.5,	   0.125,	0.375,	 1e-9,
		0.999999,   0.9999995, 9.9999999, 999999,  1e12,   999999999999, 1e15,	 1e22,
		DBL_MAX,    DBL_MIN,  -1.5,	-1e-9,	  NAN,	   INFINITY,	-INFINITY, 0.05,
		0.00000005, 1.0000005, 123.4565, 4503599627370496.5,
	};
	size_t i;
	int precision;

	(void)state;
	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		for (precision = 0; precision <= 18; precision++)
			check_fixed(values[i], precision);
}

static void test_random(void **state)
{
	int i;

	(void)state;
	srand(1);
	for (i = 0; i < 200000; i++) {
		double value = (double)rand() / (1 + rand() % 100000);

		check_fixed(value, i % 10);
		check_fixed((double)(long long)value / 1000, i % 4); /* halves among them */
	}
}

/* Either nothing, or the fewest digits that read back as the same number. */
static bool check_seconds(double value)
{
	char want[40], got[2 * B2C_NUMBER_SIZE];
	size_t n = b2c_format_seconds(got, value);
	int digits;

	if (!n)
		return false;
	for (digits = 15; digits <= 17; digits++) {
		snprintf(want, sizeof(want), "%.*g", digits, value);
		if (strtod(want, NULL) == value)
			break;
	}
	assert_string_equal(got, want);
	assert_int_equal(n, strlen(want));
	return true;
}

static void test_seconds(void **state)
{
	static const double others[] = {
		0, -1, 1e-5, 0.00009999999, 1e6, 1e22, 0.1 + 0.2, 1.0 / 3, NAN, INFINITY, -INFINITY,
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		assert_false(check_seconds(others[i]));
	assert_true(check_seconds(1e-4));
	assert_true(check_seconds(1));
	assert_true(check_seconds(999999.999999999));
	assert_true(check_seconds(10.000000001));
	srand(2);
	for (i = 0; i < 100000; i++) {
		long long ns = 100000 + (long long)rand() * (rand() % 400000 + 1);

		assert_true(check_seconds((double)ns / 1e9) || ns >= 1000000000000000);
		check_seconds((double)rand() / (1 + rand() % 1000));
	}
}

static void test_whole(void **state)
{
	static const unsigned long long values[] = { 0,	  9,	10,  99,	 100,  101,
							     999, 1000, 1009, 4294967296, ~0ULL };
	char want[B2C_NUMBER_SIZE], got[B2C_NUMBER_SIZE];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		snprintf(want, sizeof(want), "%llu", values[i]);
		assert_int_equal(b2c_format_number(got, values[i]), strlen(want));
		assert_string_equal(got, want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_edges),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_seconds),
		cmocka_unit_test(test_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
