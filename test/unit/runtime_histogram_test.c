// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Histograms as outputs: the texts above and beside them, and which of two is taken. */
#include "printed.h"

static const struct b2c_tool tool = { .name = "test" };
static struct b2c_run run = { .tool = &tool };
static bool by_user;

static const char *title(void)
{
	return by_user ? "By user" : "By process";
}

static const char *unit(void)
{
	return by_user ? "msecs" : "usecs";
}

static const char *section_header(void)
{
	return by_user ? "uid" : "pid";
}

static void put_id(struct b2c_row *row, const void *key)
{
	b2c_put(row, *(const uint32_t *)key);
}

static const struct b2c_histogram histogram = {
	.name = "dist",
	.title_of = title,
	.unit_of = unit,
	.key_size = 8,
	.slot_offset = 4,
	.slot_size = 4,
	.section_header_of = section_header,
	.section_key = "id",
	.section = put_id,
};

static const char *print(void)
{
	static const uint32_t key[] = { 7, 1 };
	static const uint64_t count = 3;

	fake_map.type = BPF_MAP_TYPE_HASH;
	fake_map.keys = key;
	fake_map.values = &count;
	fake_map.key_size = 8;
	fake_map.value_size = 8;
	fake_map.nr = 1;
	b2c_print_histogram(&run, NULL, &histogram);
	printed_begin();
	assert_int_equal(run.outputs[0]->print(&run, run.outputs[0]), 0);
	printed_free(&run);
	return printed_end();
}

static void texts_are_chosen_when_printed(void **state)
{
	static const char bar[] = "         0 -> 1          : 3        |"
				  "****************************************|\n";
	char expected[512];

	(void)state;
	by_user = false;
	snprintf(expected, sizeof(expected), "By process\n\npid = 7\n"
		 "     usecs               : count     distribution\n%s", bar);
	assert_string_equal(print(), expected);
	by_user = true;
	snprintf(expected, sizeof(expected), "By user\n\nuid = 7\n"
		 "     msecs               : count     distribution\n%s", bar);
	assert_string_equal(print(), expected);
	run.settings.json = true;
	assert_string_equal(print(), "{\"histogram\":\"dist\",\"id\":7,\"unit\":\"msecs\","
				     "\"buckets\":[{\"low\":0,\"high\":1,\"count\":3}]}\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_chosen_when_printed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
