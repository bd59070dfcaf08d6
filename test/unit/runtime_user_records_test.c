// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* runtime/user_records.c: records of several CPUs in the order of their time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../runtime/user_records.h"

struct record {
	struct perf_event_header header;
	uint64_t number;
};

#define MANY 16

static uint64_t told[MANY];
static size_t nr_told;

static void tell(const struct perf_event_header *header)
{
	assert_int_equal(header->size, sizeof(struct record));
	told[nr_told++] = ((const struct record *)(const void *)header)->number;
}

static void add(struct b2c_user_records *records, uint64_t number, uint64_t when)
{
	struct record record = { .header.size = sizeof(record), .number = number };

	assert_int_equal(b2c_user_records_add(records, &record.header, when), 0);
}

static void expect_told(size_t nr, const uint64_t *want)
{
	assert_int_equal(nr_told, nr);
	assert_memory_equal(told, want, nr * sizeof(*want));
	nr_told = 0;
}

/* A CPU that is read first has what follows from records of one that is read later. */
static void records_of_two_cpus(void **state)
{
	struct b2c_user_records records = { 0 };

	(void)state;
	add(&records, 3, 30);
	add(&records, 4, 40);
	add(&records, 1, 10);
	add(&records, 2, 20);
	assert_int_equal(b2c_user_records_tell(&records, UINT64_MAX, tell), 0);
	expect_told(4, (uint64_t[]){ 1, 2, 3, 4 });
	b2c_user_records_free(&records);
}

static void records_of_one_time(void **state)
{
	struct b2c_user_records records = { 0 };
	uint64_t i, want[MANY];

	(void)state;
	for (i = 0; i < MANY; i++) {
		want[i] = i;
		add(&records, i, 7);
	}
	assert_int_equal(b2c_user_records_tell(&records, 7, tell), 0);
	expect_told(MANY, want);
	b2c_user_records_free(&records);
}

/* What waits is told among what comes later, and only once. */
static void records_that_wait(void **state)
{
	struct b2c_user_records records = { 0 };

	(void)state;
	assert_int_equal(b2c_user_records_tell(&records, 10, tell), 0);
	add(&records, 3, 30);
	add(&records, 1, 10);
	assert_int_equal(b2c_user_records_tell(&records, 10, tell), 1);
	expect_told(1, (uint64_t[]){ 1 });
	add(&records, 4, 40);
	add(&records, 2, 20);
	assert_int_equal(b2c_user_records_tell(&records, 35, tell), 1);
	expect_told(2, (uint64_t[]){ 2, 3 });
	assert_int_equal(b2c_user_records_tell(&records, 40, tell), 0);
	expect_told(1, (uint64_t[]){ 4 });
	assert_int_equal(b2c_user_records_tell(&records, UINT64_MAX, tell), 0);
	assert_int_equal(nr_told, 0);
	b2c_user_records_free(&records);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_of_two_cpus),
		cmocka_unit_test(records_of_one_time),
		cmocka_unit_test(records_that_wait),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
