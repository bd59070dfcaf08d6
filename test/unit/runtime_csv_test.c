// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* --csv: fields in quotes where they must be, and a block for each kind of rows. */
#include "printed.h"

static const struct b2c_tool tool = { .name = "test" };
static struct b2c_run run = { .tool = &tool };

static void quotes(const char *text, size_t n, const char *expected)
{
	struct b2c_text field = { 0 };

	b2c_text_csv(&field, text, n);
	assert_string_equal(b2c_text_string(&field), expected);
	b2c_text_free(&field);
}

static void fields_are_quoted_as_the_standard_says(void **state)
{
	(void)state;
	quotes("plain text", 10, "plain text");
	quotes("", 0, "");
	quotes("a,b", 3, "\"a,b\"");
	quotes("say \"x\"", 7, "\"say \"\"x\"\"\"");
	quotes("a\nb", 3, "\"a\nb\"");
	quotes("\"", 1, "\"\"\"\"");
	quotes(" a ", 3, " a ");
}

static const struct b2c_column pairs[] = {
	{ .header = "NAME", .key = "name", .width = -16 },
	{ .header = "LAT(ms)", .key = "lat_ms", .width = 9, .precision = 2 },
	{ .header = "OK", .key = "ok" },
};

static const struct b2c_column others[] = {
	{ .header = "ADDR", .key = "addr" },
};

/* One row of the columns `pairs`. */
static int put_pair(struct b2c_row *row, const char *name, double number)
{
	b2c_row_begin(row);
	b2c_put(row, name);
	b2c_put(row, number);
	b2c_put(row, (_Bool)1);
	return b2c_row_end(row);
}

static int put_other(struct b2c_row *row, const char *text)
{
	b2c_row_begin(row);
	b2c_put(row, text);
	return b2c_row_end(row);
}

static void events_have_blocks_by_their_keys(void **state)
{
	struct b2c_output one = { 0 }, same = { 0 }, other = { 0 };

	(void)state;
	run.settings.csv = true;
	b2c_row_init(&one.row, &run, &one, pairs, B2C_SIZE(pairs));
	b2c_row_init(&same.row, &run, &same, pairs, B2C_SIZE(pairs));
	b2c_row_init(&other.row, &run, &other, others, B2C_SIZE(others));
	printed_begin();
	put_pair(&one.row, "sh, \"the\" shell", 1.239);
	put_pair(&same.row, "trailing ", 0.0 / 0.0);
	put_other(&other.row, "\x1b[2J");
	put_other(&other.row, "");
	put_pair(&one.row, "a", 2);
	assert_string_equal(printed_end(), "name,lat_ms,ok\n"
					   "\"sh, \"\"the\"\" shell\",1.239,true\n"
					   "trailing ,,true\n"
					   "\naddr\n"
					   "\\x1b[2J\n"
					   "\"\"\n"
					   "\nname,lat_ms,ok\n"
					   "a,2,true\n");
	b2c_row_free(&one.row);
	b2c_row_free(&same.row);
	b2c_row_free(&other.row);
	printed_free(&run);
}

static void put_count(struct b2c_row *row, const void *key, const void *value)
{
	b2c_row_begin(row);
	b2c_put(row, *(const uint32_t *)key);
	b2c_put(row, *(const uint64_t *)value);
	b2c_row_end(row);
}

static const struct b2c_column counts[] = { { .key = "pid" }, { .key = "count" } };
static const struct b2c_table table = {
	.title = "counts:",
	.columns = counts,
	.nr_columns = B2C_SIZE(counts),
	.put = put_count,
	.key_size = 4,
	.value_size = 8,
};

static void put_disk(struct b2c_row *row, const void *key)
{
	b2c_put_string(row, key, 8);
}

static const struct b2c_histogram histogram = {
	.name = "dist",
	.title = "dist:",
	.unit = "us,ecs",
	.key_size = 16,
	.slot_offset = 8,
	.slot_size = 8,
	.section_header = "disk",
	.section_key = "disk",
	.section = put_disk,
};

static void print_all(void)
{
	static const uint32_t pids[] = { 7, 8 };
	static const uint64_t numbers[] = { 10, 20 };
	static const struct {
		char disk[8];
		uint64_t slot;
	} slots[] = { { "sda", 2 }, { "sda", 4 }, { "s,b", 1 } };
	static const uint64_t slot_counts[] = { 1, 2, 3 };

	fake_map.type = BPF_MAP_TYPE_HASH;
	fake_map.keys = pids;
	fake_map.values = numbers;
	fake_map.key_size = 4;
	fake_map.value_size = 8;
	fake_map.nr = 2;
	assert_int_equal(run.outputs[0]->print(&run, run.outputs[0]), 0);
	fake_map.keys = slots;
	fake_map.values = slot_counts;
	fake_map.key_size = 16;
	fake_map.nr = 3;
	assert_int_equal(run.outputs[1]->print(&run, run.outputs[1]), 0);
}

static void maps_have_a_block_each(void **state)
{
	(void)state;
	run.settings.csv = true;
	fake_map.key_size = 4;
	fake_map.value_size = 8;
	b2c_print_table(&run, NULL, &table);
	fake_map.key_size = 16;
	b2c_print_histogram(&run, NULL, &histogram);
	printed_begin();
	print_all();
	assert_string_equal(printed_end(), "pid,count\n7,10\n8,20\n"
					   "\nhistogram,disk,unit,low,high,count\n"
					   "dist,sda,\"us,ecs\",0,1,0\n"
					   "dist,sda,\"us,ecs\",2,3,1\n"
					   "dist,sda,\"us,ecs\",4,7,0\n"
					   "dist,sda,\"us,ecs\",8,15,2\n"
					   "dist,\"s,b\",\"us,ecs\",0,1,3\n");
	printed_free(&run);
}

static void one_map_has_one_header(void **state)
{
	static const uint32_t pid = 7;
	static const uint64_t number = 10;

	(void)state;
	run.settings.csv = true;
	fake_map.keys = &pid;
	fake_map.values = &number;
	fake_map.key_size = 4;
	fake_map.value_size = 8;
	fake_map.nr = 1;
	b2c_print_table(&run, NULL, &table);
	printed_begin();
	run.outputs[0]->print(&run, run.outputs[0]);
	run.outputs[0]->print(&run, run.outputs[0]);
	fake_map.nr = 0;
	run.outputs[0]->print(&run, run.outputs[0]);
	assert_string_equal(printed_end(), "pid,count\n7,10\n7,10\n");
	printed_free(&run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_are_quoted_as_the_standard_says),
		cmocka_unit_test(events_have_blocks_by_their_keys),
		cmocka_unit_test(maps_have_a_block_each),
		cmocka_unit_test(one_map_has_one_header),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
