// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* bpf_log2() and bpf_log2l() of b2c.bpf.h against their definition. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "../../runtime/include/b2c/b2c.bpf.h"

/* The place of the highest bit, counted. */
static unsigned int highest_bit(uint64_t value)
{
	unsigned int place = 0;

	while (value > 1) {
		value /= 2;
		place++;
	}
	return place;
}

static void check(uint64_t value)
{
	assert_int_equal(bpf_log2l(value), highest_bit(value) + 1);
	if (value <= UINT32_MAX)
		assert_int_equal(bpf_log2((unsigned int)value), highest_bit(value));
}

static void around_powers_of_two(void **state)
{
	unsigned int place;

	(void)state;
	for (place = 0; place < 64; place++) {
		check(1ULL << place);
		check((1ULL << place) - 1);
		check((1ULL << place) + 1);
	}
	check(UINT64_MAX);
	check(UINT32_MAX);
}

static void known_values(void **state)
{
	(void)state;
	assert_int_equal(bpf_log2(0), 0);
	assert_int_equal(bpf_log2(1), 0);
	assert_int_equal(bpf_log2(15), 3);
	assert_int_equal(bpf_log2l(0), 1);
	assert_int_equal(bpf_log2l(1), 1);
	assert_int_equal(bpf_log2l(2), 2);
	assert_int_equal(bpf_log2l(1ULL << 32), 33);
	assert_int_equal(bpf_log2l(UINT64_MAX), 64);
}

static void small_and_random_values(void **state)
{
	uint64_t value;
	int i;

	(void)state;
	for (value = 0; value < 70000; value++)
		check(value);
	srand(1);
	for (i = 0; i < 100000; i++)
		check(((uint64_t)rand() << 33 ^ (uint64_t)rand() << 11 ^ (uint64_t)rand()) >>
		      (rand() & 63));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(around_powers_of_two),
		cmocka_unit_test(known_values),
		cmocka_unit_test(small_and_random_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
