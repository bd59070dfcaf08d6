// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What is said of the records of a buffer: numbers, reasons, and that they add up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "run.h"

static const unsigned long long lost[B2C_NR_LOST] = { 10, 2, 1 };

static void check(const struct b2c_output *output, const char *json, const char *words)
{
	struct b2c_counts counts;
	struct b2c_text text = { 0 };

	b2c_counts_of(output, &counts);
	b2c_counts_json(&text, "events", &counts);
	assert_string_equal(b2c_text_string(&text), json);
	b2c_text_clear(&text);
	b2c_counts_text(&text, "events", &counts);
	assert_string_equal(b2c_text_string(&text), words);
	b2c_text_free(&text);
}

static void test_counters(void **state)
{
	struct b2c_output output = { .nr_received = 87, .lost = lost };

	(void)state;
	check(&output,
	      "{\"buffer\":\"events\",\"seen\":100,\"submitted\":87,\"received\":87,"
	      "\"lost\":{\"full\":10,\"too_large\":2,\"other\":1}}",
	      "13 events lost of the 100 for buffer 'events': 10 for want of room, 2 too large, "
	      "1 refused by the kernel");
	output.nr_kernel_lost = 10; /* the same ones */
	check(&output,
	      "{\"buffer\":\"events\",\"seen\":100,\"submitted\":87,\"received\":87,"
	      "\"lost\":{\"full\":10,\"too_large\":2,\"other\":1}}",
	      "13 events lost of the 100 for buffer 'events': 10 for want of room, 2 too large, "
	      "1 refused by the kernel");
}

static void test_kernel_counts(void **state)
{
	struct b2c_output output = { .nr_kernel_lost = 1 };

	(void)state;
	check(&output,
	      "{\"buffer\":\"events\",\"seen\":1,\"submitted\":0,\"received\":0,"
	      "\"lost\":{\"full\":1,\"too_large\":0,\"other\":0}}",
	      "1 event lost of the 1 for buffer 'events': 1 for want of room");
}

static void test_nothing_lost(void **state)
{
	struct b2c_output output = { .nr_received = 3 };

	(void)state;
	check(&output,
	      "{\"buffer\":\"events\",\"seen\":3,\"submitted\":3,\"received\":3,"
	      "\"lost\":{\"full\":0,\"too_large\":0,\"other\":0}}",
	      "buffer 'events': 3 events, none lost");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_counters),
		cmocka_unit_test(test_kernel_counts),
		cmocka_unit_test(test_nothing_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
