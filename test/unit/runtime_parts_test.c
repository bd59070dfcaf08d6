// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Rows of several records: what is kept, for how long, and what is counted. */
#include "printed.h"

static const struct b2c_tool tool = { .name = "test" };
static struct b2c_run run;
static unsigned long long lost[B2C_NR_LOST];
static struct b2c_output *output;

enum { WORDS, PATH, RECORD };

static const struct b2c_part items[] = {
	[WORDS] = { .separator = ", " },
	[PATH] = { .path = true },
	[RECORD] = { 0 },
};
static struct b2c_parts parts = { .items = items, .nr = B2C_SIZE(items) };

static struct b2c_row *begin(struct b2c_parts *of)
{
	memset(lost, 0, sizeof(lost));
	run = (struct b2c_run){ .tool = &tool };
	output = b2c_add_output(&run, NULL);
	assert_non_null(output);
	b2c_row_init(&output->row, &run, output, NULL, 0);
	output->lost = lost;
	b2c_gather_rows(&run, of);
	assert_true(run.gathers);
	return &output->row;
}

static void end(struct b2c_parts *of)
{
	output->free_parts(output->parts);
	assert_null(of->kept);
	printed_free(&run);
}

static void keep(struct b2c_row *row, uint64_t key, size_t part, const char *text)
{
	assert_int_equal(b2c_keep_text(row, key, part, text, 0), 0);
}

static void texts_are_joined_in_their_order(void **state)
{
	static const char unended[4] = { 'f', 'o', 'u', 'r' };
	struct b2c_row *row = begin(&parts);

	(void)state;
	keep(row, 1, WORDS, "one");
	keep(row, 1025, WORDS, "other");
	keep(row, 1, WORDS, "");
	assert_int_equal(b2c_keep_text(row, 1, WORDS, unended, sizeof(unended)), 0);
	b2c_end_parts(row, 1);
	assert_string_equal(b2c_text_part(row, WORDS), "one, , four");
	assert_true(b2c_has_part(row, WORDS));
	assert_false(b2c_has_part(row, RECORD));
	b2c_end_parts(row, 1); /* it was shown */
	assert_string_equal(b2c_text_part(row, WORDS), "");
	assert_false(b2c_has_part(row, WORDS));
	b2c_end_parts(row, 1025);
	assert_string_equal(b2c_text_part(row, WORDS), "other");
	assert_int_equal(run.nr_dropped, 0);
	end(&parts);
}

static const char *path_of(struct b2c_row *row, const char *const *names)
{
	for (; *names; names++)
		keep(row, 7, PATH, *names);
	b2c_end_parts(row, 7);
	return b2c_text_part(row, PATH);
}

/* What os.path.join() of the names makes, the last one first. */
static void paths_begin_with_the_last_name(void **state)
{
	struct b2c_row *row = begin(&parts);

	(void)state;
	assert_string_equal(path_of(row, (const char *const[]){ "c", "b", "a", "/", NULL }),
			    "/a/b/c");
	assert_string_equal(path_of(row, (const char *const[]){ "/etc/c", "b", "/", NULL }),
			    "/etc/c");
	assert_string_equal(path_of(row, (const char *const[]){ "", "b/", "a", NULL }), "a/b/");
	assert_string_equal(path_of(row, (const char *const[]){ "c", "", "a", NULL }), "a/c");
	assert_string_equal(path_of(row, (const char *const[]){ "c", NULL }), "c");
	end(&parts);
}

static void the_last_record_of_a_part_counts(void **state)
{
	static const int one = 1, two = 2, absent = -1;
	struct b2c_row *row = begin(&parts);

	(void)state;
	assert_int_equal(b2c_keep_record(row, 5, RECORD, &one, sizeof(one)), 0);
	assert_int_equal(b2c_keep_record(row, 5, RECORD, &two, sizeof(two)), 0);
	b2c_end_parts(row, 5);
	assert_int_equal(*(const int *)b2c_record_part(row, RECORD, &absent), 2);
	b2c_end_parts(row, 6);
	assert_ptr_equal(b2c_record_part(row, RECORD, &absent), &absent);
	assert_int_equal(b2c_row_lacks_part(row), 0);
	assert_int_equal(run.nr_incomplete, 1);
	end(&parts);
}

static void a_first_record_begins_anew(void **state)
{
	static const struct b2c_part with_first[] = { { .first = true }, { .separator = " " } };
	struct b2c_parts begun = { .items = with_first, .nr = B2C_SIZE(with_first) };
	struct b2c_row *row = begin(&begun);

	(void)state;
	assert_int_equal(b2c_keep_record(row, 5, 0, "1", 2), 0);
	assert_int_equal(b2c_keep_text(row, 5, 1, "old", 0), 0);
	lost[B2C_LOST_FULL] = 1; /* harms no row that has a beginning */
	assert_int_equal(b2c_keep_record(row, 5, 0, "2", 2), 0);
	assert_int_equal(run.nr_dropped, 1);
	b2c_end_parts(row, 5);
	assert_string_equal(b2c_record_part(row, 0, NULL), "2");
	assert_false(b2c_has_part(row, 1));
	end(&begun);
}

static void a_loss_drops_rows_without_a_beginning(void **state)
{
	struct b2c_row *row = begin(&parts);

	(void)state;
	keep(row, 1, WORDS, "one");
	keep(row, 2, WORDS, "two");
	lost[B2C_LOST_OTHER] = 3;
	b2c_end_parts(row, 1);
	assert_string_equal(b2c_text_part(row, WORDS), "");
	assert_int_equal(run.nr_dropped, 2);
	keep(row, 1, WORDS, "new"); /* nothing more was lost */
	b2c_end_parts(row, 1);
	assert_string_equal(b2c_text_part(row, WORDS), "new");
	run.settings.json = true;
	b2c_row_lacks_part(row);
	printed_begin();
	b2c_report_counts(&run);
	assert_string_equal(printed_end(),
			    "{\"end\":{\"lost\":0,\"refused\":0,\"short\":0,\"untaken\":0,"
			    "\"dropped\":2,\"incomplete\":1,\"buffers\":[],\"maps\":[]}}\n");
	end(&parts);
}

static void the_oldest_make_room(void **state)
{
	static char text[100001];
	struct b2c_row *row = begin(&parts);
	uint64_t key;

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	for (key = 0; key < 100; key++)
		keep(row, key, WORDS, text);
	assert_true(run.nr_dropped >= 100 - B2C_PARTS_ROOM / (sizeof(text) - 1));
	b2c_end_parts(row, 0);
	assert_false(b2c_has_part(row, WORDS));
	b2c_end_parts(row, 99);
	assert_int_equal(strlen(b2c_text_part(row, WORDS)), sizeof(text) - 1);
	for (key = 0; key < 100; key++) /* one row alone can be too much */
		keep(row, 5, WORDS, text);
	b2c_end_parts(row, 5);
	assert_true(strlen(b2c_text_part(row, WORDS)) < B2C_PARTS_ROOM);
	end(&parts);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_joined_in_their_order),
		cmocka_unit_test(paths_begin_with_the_last_name),
		cmocka_unit_test(the_last_record_of_a_part_counts),
		cmocka_unit_test(a_first_record_begins_anew),
		cmocka_unit_test(a_loss_drops_rows_without_a_beginning),
		cmocka_unit_test(the_oldest_make_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
