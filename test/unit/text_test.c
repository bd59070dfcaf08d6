// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* text.h: appending, formatting, large inputs and whole files. */
#include "text.h"

#include <errno.h>
#include <unistd.h>

#include "capture.h"

static void empty_is_a_string(void **state)
{
	struct b2c_text text = { 0 };

	(void)state;
	assert_string_equal(text_string(&text), "");
	text_append(&text, "");
	assert_string_equal(text_string(&text), "");
	assert_int_equal(text.size, 0);
	text_free(&text);
	text_free(&text);
}

static void append_keeps_order_and_nul(void **state)
{
	struct b2c_text text = { 0 };

	(void)state;
	text_append(&text, "int ");
	text_append_n(&text, "xyz", 1);
	text_append_n(&text, NULL, 0);
	text_printf(&text, " = %d;", 42);
	assert_string_equal(text_string(&text), "int x = 42;");
	assert_int_equal(text.size, strlen("int x = 42;"));
	text_free(&text);
}

/* Sizes around the room that is there, where an off-by-one would show. */
static void append_at_every_size(void **state)
{
	char bytes[600];
	size_t n;

	(void)state;
	memset(bytes, 'a', sizeof(bytes));
	for (n = 0; n < sizeof(bytes); n++) {
		struct b2c_text text = { 0 };

		text_append_n(&text, bytes, n);
		text_printf(&text, "%.*s", (int)n, bytes);
		assert_int_equal(text.size, 2 * n);
		assert_int_equal(strlen(text_string(&text)), 2 * n);
		text_free(&text);
	}
}

static void append_many_megabytes(void **state)
{
	struct b2c_text text = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < 400000; i++)
		text_printf(&text, "line %06zu\n", i);
	assert_int_equal(text.size, 400000 * 12);
	assert_memory_equal(text.data + 399999 * 12, "line 399999\n", 12);
	text_free(&text);
}

static void printf_of_a_large_string(void **state)
{
	struct b2c_text text = { 0 };

	(void)state;
	text_printf(&text, "<%3000000s>", "x");
	assert_int_equal(text.size, 3000002);
	assert_int_equal(text.data[text.size - 2], 'x');
	text_free(&text);
}

static void read_file_appends(void **state)
{
	char path[] = "/tmp/text_test.XXXXXX";
	struct b2c_text text = { 0 };
	int fd = mkstemp(path);
	size_t i;

	(void)state;
	assert_true(fd >= 0);
	for (i = 0; i < 3000; i++)
		assert_int_equal(write(fd, "0123456789", 10), 10);
	close(fd);
	text_append(&text, "head ");
	assert_int_equal(text_read_file(&text, path), 0);
	assert_int_equal(text.size, 5 + 30000);
	assert_memory_equal(text.data, "head 0123456789", 15);
	unlink(path);
	assert_int_equal(text_read_file(&text, path), -ENOENT);
	assert_int_equal(text_read_file(&text, "/"), -EISDIR);
	text_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(empty_is_a_string),
		cmocka_unit_test(append_keeps_order_and_nul),
		cmocka_unit_test(append_at_every_size),
		cmocka_unit_test(append_many_megabytes),
		cmocka_unit_test(printf_of_a_large_string),
		cmocka_unit_test(read_file_appends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
