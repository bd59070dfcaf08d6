// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Values of tables that are derived: joins, totals, quotients, a row for each CPU. */
#include "printed.h"

#include <time.h>

static const struct b2c_tool tool = { .name = "test" };
static struct b2c_run run = { .tool = &tool };

static void quotients_of_nothing_are_zero(void **state)
{
	struct timespec now;

	(void)state;
	assert_true(average(10, 4) == 2.5);
	assert_true(average(10, 0) == 0);
	assert_true(percent(1, 8) == 12.5);
	assert_true(percent(0, 0) == 0);
	clock_gettime(CLOCK_MONOTONIC, &now);
	b2c_count_from((int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000 - 2000);
	assert_true(seconds_counted() > 1.99 && seconds_counted() < 3);
	assert_true(rate(10) > 3 && rate(10) < 5.1);
	b2c_count_from(INT64_MAX / 2); /* never zero or less */
	assert_true(seconds_counted() > 0);
}

static void the_larger_is_kept(void **state)
{
	double largest = 0;

	(void)state;
	b2c_keep_larger(&largest, -1);
	assert_true(largest == 0);
	b2c_keep_larger(&largest, 3);
	b2c_keep_larger(&largest, 2);
	assert_true(largest == 3);
}

static struct b2c_join joins[] = { { .key_size = 4, .value_size = 8 } };
static double totals[1];

static void add(const void *key, const void *value)
{
	(void)key;
	totals[0] += (double)*(const uint64_t *)value;
}

static void put(struct b2c_row *row, const void *key, const void *value)
{
	const uint32_t wanted = *(const uint32_t *)key * 2;

	b2c_row_begin(row);
	b2c_put(row, *(const uint32_t *)key);
	b2c_put(row, *(const uint64_t *)b2c_join(&joins[0], &wanted));
	b2c_put(row, percent(*(const uint64_t *)value, totals[0]));
	b2c_row_end(row);
}

/* The fake map is the table and what is joined to it: 1, 2 and 4 have their doubles. */
static void tables_read_other_maps(void **state)
{
	static const struct b2c_column columns[] = { { .key = "key" },
						     { .key = "joined", .total = true },
						     { .key = "share" } };
	static const uint32_t keys[] = { 256, 4, 1, 2, 512 };
	static const uint64_t values[] = { 50, 10, 20, 15, 5 };
	const struct b2c_table table = {
		.columns = columns,
		.nr_columns = 3,
		.put = put,
		.joins = joins,
		.nr_joins = 1,
		.add = add,
		.totals = totals,
		.nr_totals = 1,
		.key_size = 4,
		.value_size = 8,
		.sort_key = "joined",
	};

	(void)state;
	run.settings.json = true;
	fake_map.name = "map";
	fake_map.type = BPF_MAP_TYPE_HASH;
	fake_map.keys = keys;
	fake_map.values = values;
	fake_map.key_size = 4;
	fake_map.value_size = 8;
	fake_map.nr = 5;
	b2c_print_table(&run, NULL, &table);
	b2c_join_map(&run, &joins[0], NULL);
	assert_int_equal(run.err, 0);
	totals[0] = 77; /* of the round before */
	printed_begin();
	assert_int_equal(run.outputs[0]->print(&run, run.outputs[0]), 0);
	assert_string_equal(printed_end(), "{\"key\":1,\"joined\":15,\"share\":20}\n"
					   "{\"key\":2,\"joined\":10,\"share\":15}\n"
					   "{\"key\":256,\"joined\":5,\"share\":50}\n"
					   "{\"key\":4,\"joined\":0,\"share\":10}\n"
					   "{\"key\":512,\"joined\":0,\"share\":5}\n"
					   "{\"totals\":\"map\",\"joined\":30}\n");
	assert_null(joins[0].joined); /* nothing is kept between rounds */
	joins[0].value_size = 4;
	b2c_join_map(&run, &joins[0], NULL);
	assert_int_equal(run.err, -EINVAL);
	run.err = 0;
	printed_free(&run);
}

static struct b2c_join rows_joins[] = { { .key_size = 4, .value_size = 8, .rows = true } };

static void put_both(struct b2c_row *row, const void *key, const void *value)
{
	b2c_row_begin(row);
	b2c_put(row, *(const uint32_t *)key);
	b2c_put(row, *(const uint64_t *)value);
	b2c_put(row, *(const uint64_t *)b2c_join(&rows_joins[0], key));
	b2c_row_end(row);
}

/* What the joined map alone has comes behind the table's own rows, with zeros. */
static void joins_have_rows(void **state)
{
	static const struct b2c_column columns[] = { { .key = "key" },
						     { .key = "own" },
						     { .key = "joined" } };
	static const uint32_t keys[] = { 256, 4, 1 };
	static const uint64_t values[] = { 50, 10, 20 };
	const struct b2c_table table = {
		.columns = columns,
		.nr_columns = 3,
		.put = put_both,
		.joins = rows_joins,
		.nr_joins = 1,
		.key_size = 4,
		.value_size = 8,
	};
	char other;

	(void)state;
	run.settings.json = true;
	fake_map.type = BPF_MAP_TYPE_HASH;
	fake_map.keys = keys;
	fake_map.values = values;
	fake_map.key_size = 4;
	fake_map.value_size = 8;
	fake_map.nr = 1;
	fake_map.nr_other = 3;
	b2c_print_table(&run, NULL, &table);
	b2c_join_map(&run, &rows_joins[0], (struct bpf_map *)&other);
	assert_int_equal(run.err, 0);
	printed_begin();
	assert_int_equal(run.outputs[0]->print(&run, run.outputs[0]), 0);
	assert_string_equal(printed_end(), "{\"key\":256,\"own\":50,\"joined\":50}\n"
					   "{\"key\":4,\"own\":0,\"joined\":10}\n"
					   "{\"key\":1,\"own\":0,\"joined\":20}\n");
	fake_map.nr = 0;
	printed_begin();
	assert_int_equal(run.outputs[0]->print(&run, run.outputs[0]), 0);
	assert_string_equal(printed_end(), "{\"key\":256,\"own\":0,\"joined\":50}\n"
					   "{\"key\":4,\"own\":0,\"joined\":10}\n"
					   "{\"key\":1,\"own\":0,\"joined\":20}\n");
	printed_free(&run);
}

static void put_cpu(struct b2c_row *row, const void *key, const void *value)
{
	(void)key;
	b2c_row_begin(row);
	b2c_put(row, cpu());
	b2c_put(row, *(const uint64_t *)value);
	b2c_row_end(row);
}

static void cpus_have_rows(void **state)
{
	static const struct b2c_column columns[] = { { .key = "cpu" }, { .key = "n" } };
	static const uint32_t keys[] = { 0, 0, 0, 1, 1, 1 };
	static const uint64_t values[] = { 7, 0, 5, 0, 9, 0 };
	const struct b2c_table table = {
		.columns = columns,
		.nr_columns = 2,
		.put = put_cpu,
		.lists_cpus = true,
		.key_size = 4,
		.value_size = 8,
	};

	(void)state;
	run.settings.json = true;
	fake_map.type = BPF_MAP_TYPE_PERCPU_ARRAY;
	fake_map.keys = keys;
	fake_map.values = values;
	fake_map.key_size = 4;
	fake_map.value_size = 8;
	fake_map.nr = 6;
	fake_map.nr_cpus = 3;
	b2c_print_table(&run, NULL, &table);
	printed_begin();
	assert_int_equal(run.outputs[0]->print(&run, run.outputs[0]), 0);
	assert_string_equal(printed_end(),
			    "{\"cpu\":0,\"n\":7}\n{\"cpu\":2,\"n\":5}\n{\"cpu\":1,\"n\":9}\n");
	fake_map.nr_cpus = 0;
	printed_free(&run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quotients_of_nothing_are_zero),
		cmocka_unit_test(the_larger_is_kept),
		cmocka_unit_test(tables_read_other_maps),
		cmocka_unit_test(joins_have_rows),
		cmocka_unit_test(cpus_have_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
