// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Tables: order by expression and by column, top, sums, the time, and histograms' scales. */
#include "printed.h"

static const struct b2c_tool tool = { .name = "test" };
static struct b2c_run run = { .tool = &tool };

struct value {
	int64_t number;
	char name[8];
	double real;
};

static const struct b2c_column columns[] = {
	{ .header = "ID", .key = "id", .width = 4 },
	{ .header = "NAME", .key = "name", .width = -6 },
	{ .header = "NUMBER", .key = "number", .width = 8, .total = true },
	{ .header = "REAL", .key = "real", .width = 6, .precision = 2, .total = true },
};

static void put(struct b2c_row *row, const void *key_data, const void *value_data)
{
	const struct value *value = value_data;

	b2c_row_begin(row);
	b2c_put(row, *(const uint32_t *)key_data);
	b2c_put_string(row, value->name, sizeof(value->name));
	b2c_put(row, value->number);
	b2c_put(row, value->real);
	b2c_row_end(row);
}

static void put_id(struct b2c_row *row, const void *key_data, const void *value_data)
{
	(void)value_data;
	b2c_row_begin(row);
	b2c_put(row, *(const uint32_t *)key_data);
	b2c_row_end(row);
}

static double order(const void *key, const void *value)
{
	(void)key;
	return (double)((const struct value *)value)->number;
}

static size_t two(void)
{
	return 2;
}

static bool yes(void)
{
	return true;
}

static bool no(void)
{
	return false;
}

static const uint32_t keys[] = { 1, 2, 3, 4 };
static const struct value values[] = {
	{ 5, "b", 0.5 },
	{ -7, "d,\"", 0.25 },
	{ 5, "a", 1 },
	{ 9, "c", 2 },
};

/* What a table of the four elements prints. */
static const char *print(const struct b2c_table *table, bool json)
{
	run.settings.json = json;
	run.settings.csv = false;
	fake_map.name = "numbers";
	fake_map.type = BPF_MAP_TYPE_HASH;
	fake_map.keys = keys;
	fake_map.values = values;
	fake_map.key_size = sizeof(keys[0]);
	fake_map.value_size = sizeof(values[0]);
	fake_map.nr = 4;
	b2c_print_table(&run, NULL, table);
	printed_begin();
	assert_int_equal(run.outputs[0]->print(&run, run.outputs[0]), 0);
	printed_end();
	printed_free(&run);
	return printed.text;
}

static struct b2c_table new_table(size_t nr_columns)
{
	return (struct b2c_table){
		.columns = columns,
		.nr_columns = nr_columns,
		.put = nr_columns == 1 ? put_id : put,
		.key_size = sizeof(keys[0]),
		.value_size = sizeof(values[0]),
	};
}

/* The ids of the rows in order, as in "4 1 3 2 ". */
static void expect_order(const struct b2c_table *table, const char *expected)
{
	char ids[64] = "", *line;
	size_t n = 0;

	for (line = strstr(print(table, true), "{\"id\":"); line;
	     line = strstr(line + 1, "{\"id\":"))
		n += (size_t)snprintf(ids + n, sizeof(ids) - n, "%c ", line[6]);
	assert_string_equal(ids, expected);
}

static void rows_have_an_order(void **state)
{
	struct b2c_table table = new_table(4);

	(void)state;
	expect_order(&table, "1 2 3 4 ");
	table.order = order;
	expect_order(&table, "4 1 3 2 "); /* equal ones stay as they came */
	table.top = 3;
	expect_order(&table, "4 1 3 ");
	table.top_of = two; /* the command line has the last word */
	expect_order(&table, "4 1 ");
}

static long long nr_numbers;

static long long numbers(void)
{
	return nr_numbers;
}

/* A row for each number below one, with zeros for what is no key, and none for other keys. */
static void rows_are_numbers(void **state)
{
	struct b2c_table table = new_table(4);

	(void)state;
	table.rows_of = numbers;
	nr_numbers = 6;
	expect_order(&table, "0 1 2 3 4 5 ");
	nr_numbers = 2;
	assert_string_equal(print(&table, false), "  ID NAME     NUMBER   REAL\n"
						  "   0               0   0.00\n"
						  "   1 b             5   0.50\n"
						  "TOTAL              12   3.75\n");
	nr_numbers = 0;
	expect_order(&table, "");
	nr_numbers = -1;
	expect_order(&table, "");
	nr_numbers = 4;
	table.order = order;
	expect_order(&table, "1 3 0 2 ");
}

static void columns_have_an_order(void **state)
{
	struct b2c_table table = new_table(4);

	(void)state;
	table.sort_key = "name";
	expect_order(&table, "3 1 4 2 ");
	table.ascending = true;
	expect_order(&table, "2 4 1 3 ");
	table.sort_key = "number";
	expect_order(&table, "2 1 3 4 ");
	table.ascending = false;
	expect_order(&table, "4 1 3 2 ");
	table.sort_key = "real";
	expect_order(&table, "4 3 1 2 ");
	table.sort_key = "";
	table.order = order;
	expect_order(&table, "4 1 3 2 ");
}

static const char *chosen_title(void)
{
	return "chosen:";
}

static void sums_are_of_all_rows(void **state)
{
	struct b2c_table table = new_table(4);

	(void)state;
	table.top = 1;
	table.order = order;
	assert_string_equal(print(&table, false), "  ID NAME     NUMBER   REAL\n"
						  "   4 c             9   2.00\n"
						  "TOTAL              12   3.75\n");
	assert_string_equal(print(&table, true),
			    "{\"id\":4,\"name\":\"c\",\"number\":9,\"real\":2}\n"
			    "{\"totals\":\"numbers\",\"number\":12,\"real\":3.75}\n");
	table.title = "numbers:";
	assert_true(strncmp(print(&table, false), "numbers:\n  ID ", 14) == 0);
	table.title_of = chosen_title;
	assert_true(strncmp(print(&table, false), "chosen:\n  ID ", 13) == 0);
}

static bool is_real(const void *key, const void *value)
{
	(void)key;
	return ((const struct value *)value)->real >= 0.5;
}

/* What a filter leaves out is in no sum, and a hidden column has no label either. */
static void filters_and_hidden_columns(void **state)
{
	struct b2c_column some[4] = { columns[0], columns[1], columns[2], columns[3] };
	struct b2c_table table = new_table(4);

	(void)state;
	table.columns = some;
	table.filter = is_real;
	table.order = order;
	some[0].when = no;
	assert_string_equal(print(&table, false), "NAME     NUMBER   REAL\n"
						  "c             9   2.00\n"
						  "b             5   0.50\n"
						  "a             5   1.00\n"
						  "TOTAL        19   3.50\n");
	assert_non_null(strstr(print(&table, true), "{\"totals\":\"numbers\",\"number\":19,"));
}

static void rounds_have_a_time(void **state)
{
	struct b2c_table table = new_table(1);
	const char *text;

	(void)state;
	table.timestamp = yes;
	print(&table, false);
	fake_map.nr = 1;
	b2c_print_table(&run, NULL, &table);
	b2c_print_table(&run, NULL, &table);
	printed_begin();
	assert_int_equal(b2c_print_round(&run, 0, B2C_ROUND_END), 0);
	text = printed_end();
	/* an empty line, the time once, and the tables */
	assert_int_equal(strlen(text), strlen("\n00:00:00\n") + 2 * strlen("  ID\n   1\n"));
	assert_true(text[0] == '\n' && text[3] == ':' && text[6] == ':' && text[9] == '\n');
	run.settings.json = true;
	run.outputs[0]->row.json = true;
	run.nr_outputs = 1;
	printed_begin();
	b2c_print_round(&run, 0, B2C_ROUND_END);
	text = printed_end();
	assert_true(strncmp(text, "{\"timestamp\":\"", 14) == 0 && strstr(text, "\",\"id\":1}\n"));
	run.nr_outputs = 2;
	printed_free(&run);
}

static void screens_have_the_load(void **state)
{
	struct b2c_table table = new_table(1);
	const char *text;

	(void)state;
	table.screen = yes;
	print(&table, false);
	fake_map.nr = 1;
	b2c_print_table(&run, NULL, &table);
	printed_begin();
	b2c_print_round(&run, 0, B2C_ROUND_END);
	text = printed_end();
	/* no terminal: nothing is cleared */
	assert_true(text[2] == ':' && strncmp(text + 8, " loadavg: ", 10) == 0);
	assert_non_null(strstr(text, "\n\n  ID\n"));
	printed_free(&run);
}

static void what_is_off_is_not_printed(void **state)
{
	struct b2c_table table = new_table(1), other = table;

	(void)state;
	table.when = no;
	other.when = yes;
	other.title = "other";
	print(&table, false);
	fake_map.nr = 1;
	b2c_print_table(&run, NULL, &table);
	b2c_print_table(&run, NULL, &other);
	printed_begin();
	b2c_print_round(&run, 0, B2C_ROUND_END);
	assert_string_equal(printed_end(), "\nother\n  ID\n   1\n");
	printed_free(&run);
}

/* When outputs are due: every 2 seconds, at intervals, at the end. */
static void rounds_come_when_due(void **state)
{
	struct b2c_table often = new_table(1), interval = often, end = often;

	(void)state;
	run.settings.json = false;
	often.every = 2;
	often.title = "often";
	interval.every_interval = true;
	interval.title = "interval";
	end.title = "end";
	print(&often, false);
	fake_map.nr = 1;
	b2c_print_table(&run, NULL, &often);
	b2c_print_table(&run, NULL, &interval);
	b2c_print_table(&run, NULL, &end);
	b2c_rounds_start(&run, 1000, 5000);
	assert_int_equal(b2c_rounds_next(&run), 3000);
	printed_begin();
	b2c_print_round(&run, 2999, B2C_ROUND_TIMER);
	assert_string_equal(printed_end(), "");
	printed_begin();
	b2c_print_round(&run, 3000, B2C_ROUND_TIMER);
	assert_string_equal(printed_end(), "\noften\n  ID\n   1\n");
	assert_int_equal(b2c_rounds_next(&run), 5000);
	printed_begin();
	b2c_print_round(&run, 5001, B2C_ROUND_TIMER);
	printed_end();
	printed_begin();
	b2c_print_round(&run, 5002, B2C_ROUND_END); /* the first was printed just now */
	assert_string_equal(printed_end(), "\ninterval\n  ID\n   1\nend\n  ID\n   1\n");
	run.settings.interval = 1; /* stands for seconds of one's own too */
	b2c_rounds_start(&run, 1000, 0);
	assert_int_equal(b2c_rounds_next(&run), 0);
	printed_begin();
	b2c_print_round(&run, 2000, B2C_ROUND_INTERVAL);
	assert_string_equal(printed_end(), "\noften\n  ID\n   1\ninterval\n  ID\n   1\n");
	run.settings.interval = 0;
	printed_free(&run);
}

/* A histogram of `counts` in the slots 0, 1, ... */
static const char *draw(const struct b2c_histogram *histogram, const uint64_t *counts, size_t nr,
			bool json)
{
	static const uint64_t slots[] = { 0, 1, 2, 3, 4, 5, 6, 7 };

	run.settings.json = json;
	fake_map.name = "dist";
	fake_map.keys = slots;
	fake_map.values = counts;
	fake_map.key_size = sizeof(slots[0]);
	fake_map.value_size = sizeof(counts[0]);
	fake_map.nr = nr;
	b2c_print_histogram(&run, NULL, histogram);
	printed_begin();
	assert_int_equal(run.outputs[0]->print(&run, run.outputs[0]), 0);
	printed_end();
	printed_free(&run);
	return printed.text;
}

static void slots_have_ranges(void **state)
{
	static const uint64_t counts[] = { 0, 4, 0, 1 }, lows[] = { 0, 10, 5000000000, 5000000001 };
	static const double percents[] = { 50, 80, 80.1, 100 };
	struct b2c_histogram histogram = {
		.name = "dist",
		.scale = B2C_LINEAR,
		.step = 10,
		.from = 100,
		.key_size = 8,
		.slot_size = 8,
		.percentiles = percents,
		.nr_percentiles = 4,
	};

	(void)state;
	assert_string_equal(
		draw(&histogram, counts, 4, false),
		"     value               : count     distribution\n"
		"       110 -> 119        : 4        |****************************************|\n"
		"       120 -> 129        : 0        |                                        |\n"
		"       130 -> 139        : 1        |**********                              |\n"
		"     p50 <= 119, p80 <= 119, p80.1 <= 139, p100 <= 139 value\n");
	histogram.scale = B2C_BUCKETS;
	histogram.buckets = lows;
	histogram.nr_buckets = 4;
	assert_string_equal(
		draw(&histogram, counts, 4, false),
		"               value                         : count     distribution\n"
		"                  10 -> 4999999999           : 4        |********************|\n"
		"          5000000000 -> 5000000000           : 0        |                    |\n"
		"          5000000001 -> ...                  : 1        |*****               |\n"
		"     p50 <= 4999999999, p80 <= 4999999999, p80.1 >= 5000000001, "
		"p100 >= 5000000001 value\n");
	assert_string_equal(draw(&histogram, counts, 2, true),
			    "{\"histogram\":\"dist\",\"unit\":\"value\",\"buckets\":["
			    "{\"low\":0,\"high\":9,\"count\":0},"
			    "{\"low\":10,\"high\":4999999999,\"count\":4}],"
			    "\"percentiles\":{\"50\":4999999999,\"80\":4999999999,"
			    "\"80.1\":4999999999,\"100\":4999999999}}\n");
	assert_string_equal(draw(&histogram, counts, 1, false), ""); /* nothing counted */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_have_an_order),	 cmocka_unit_test(columns_have_an_order),
		cmocka_unit_test(rows_are_numbers),
		cmocka_unit_test(sums_are_of_all_rows),	 cmocka_unit_test(rounds_have_a_time),
		cmocka_unit_test(screens_have_the_load), cmocka_unit_test(rounds_come_when_due),
		cmocka_unit_test(slots_have_ranges),
		cmocka_unit_test(filters_and_hidden_columns),
		cmocka_unit_test(what_is_off_is_not_printed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
