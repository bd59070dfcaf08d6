// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* b2c/print.h: rows of text and of JSON, and every kind of value. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../../runtime/run.h"
#include "../../runtime/symbols.h"

static const struct b2c_tool tool = { .name = "test" };
static struct b2c_run run;
static struct b2c_row row;

/* One row of `columns`, not yet ended. */
static void begin(const struct b2c_column *columns, size_t nr, bool json)
{
	run = (struct b2c_run){ .tool = &tool, .settings.json = json };
	b2c_row_init(&row, &run, NULL, columns, nr);
	b2c_row_begin(&row);
}

static void expect(const char *line)
{
	assert_string_equal(b2c_text_string(&row.line), line);
	b2c_row_free(&row);
}

static void columns_are_padded_not_cut(void **state)
{
	static const struct b2c_column columns[] = {
		{ .width = -6 },
		{ .width = 4 },
		{ .width = 0 },
		{ .width = -3 },
	};

	(void)state;
	begin(columns, B2C_SIZE(columns), false);
	b2c_put(&row, "ab");
	b2c_put(&row, 7);
	b2c_put(&row, 8u);
	b2c_put(&row, "longer");
	b2c_put(&row, 5); /* more than there are columns */
	expect("ab        7 8 longer 5");
	begin(columns, 1, false);
	b2c_put(&row, "\xc3\xbc");
	expect("\xc3\xbc     ");
}

static void columns_are_indented(void **state)
{
	static const struct b2c_column columns[] = {
		{ .width = -3, .indent = 1 },
		{ .width = 4, .indent = 2 },
	};

	(void)state;
	begin(columns, B2C_SIZE(columns), false);
	b2c_put(&row, "ab");
	b2c_put(&row, 7);
	expect(" ab       7");
}

static void every_type_has_its_form(void **state)
{
	const char text[] = "text";
	char *pointer = NULL;

	(void)state;
	begin(NULL, 0, false);
	b2c_put(&row, (signed char)-1);
	b2c_put(&row, (unsigned char)255);
	b2c_put(&row, (short)-2);
	b2c_put(&row, (unsigned short)65535);
	b2c_put(&row, INT64_MIN);
	b2c_put(&row, UINT64_MAX);
	b2c_put(&row, (long long)-3);
	b2c_put(&row, (_Bool)1);
	b2c_put(&row, text);
	b2c_put(&row, pointer);
	b2c_put(&row, (void *)0x10);
	b2c_put(&row, 0.5f);
	expect("-1 255 -2 65535 -9223372036854775808 18446744073709551615 -3 1 text  0x10 0.5");
}

static void floats(void **state)
{
	static const struct b2c_column columns[] = {
		{ .precision = 2, .key = "a" },
		{ .precision = B2C_NO_DECIMALS, .key = "b" },
		{ .key = "c" },
	};

	(void)state;
	begin(columns, 3, false);
	b2c_put(&row, 1.239);
	b2c_put(&row, 2.4);
	b2c_put(&row, 0.1);
	expect("1.24 2 0.1");
	begin(columns, 3, true);
	b2c_put(&row, 1.239);
	b2c_put(&row, NAN);
	b2c_put(&row, 0.1 + 0.2);
	expect("{\"a\":1.239,\"b\":null,\"c\":0.30000000000000004");
	begin(columns, 3, false);
	b2c_put(&row, 1e308);
	assert_int_equal(strlen(b2c_text_string(&row.line)), 312);
	b2c_row_free(&row);
}

static void meanings(void **state)
{
	const uint8_t ip6[16] = { 0x20, 0x01, 0x0d, 0xb8, [15] = 1 };
	const char comm[4] = { 'b', 'a', 's', 'h' }; /* no NUL */

	(void)state;
	begin(NULL, 0, false);
	b2c_put_comm(&row, comm, sizeof(comm));
	b2c_put_string(&row, "a\0b", 3);
	b2c_put_hex(&row, 31);
	b2c_put_ip4(&row, 0x0100007f);
	b2c_put_ip6(&row, ip6);
	b2c_put_port(&row, 65535);
	b2c_put_errno(&row, 2);
	b2c_put_errno(&row, -2);
	b2c_put_errno(&row, 0);
	b2c_put_errno(&row, -512);
	b2c_put_errno(&row, -999999);
	b2c_put_signal(&row, 9);
	b2c_put_signal(&row, 40);
	b2c_put_pid(&row, -1);
	b2c_put_device(&row, 4000u << 20 | 77);
	b2c_put_ksym(&row, 1);
	expect("bash a 0x1f 127.0.0.1 2001:db8::1 65535 ENOENT ENOENT 0 ERESTARTSYS -999999 "
	       "SIGKILL 40 -1 4000:77 [unknown]");
}

static void json_has_keys(void **state)
{
	static const struct b2c_column columns[] = {
		{ .key = "name", .width = 10 },
		{ .key = "on" },
		{ .key = "at" },
	};

	(void)state;
	begin(columns, B2C_SIZE(columns), true);
	b2c_put(&row, "\"x\"");
	b2c_put(&row, (_Bool)0);
	b2c_put_hex(&row, 255);
	b2c_put(&row, 4);
	run.stdout_closed = true; /* the line is all that matters here */
	assert_int_equal(b2c_row_end(&row), -EPIPE);
	expect("{\"name\":\"\\\"x\\\"\",\"on\":false,\"at\":\"0xff\",\"column4\":4}\n");
}

static bool yes(void)
{
	return true;
}

static bool no(void)
{
	return false;
}

static const char *chosen(void)
{
	return "D";
}

static const struct b2c_column conditional[] = {
	{ .header = "A", .key = "a", .width = 3, .when = no },
	{ .header = "B", .key = "b", .width = 3, .when = yes },
	{ .header = "C", .key = "c", .width = -3, .when = no },
	{ .header_of = chosen, .key = "d", .width = 3 },
};

static const struct b2c_column cut[] = {
	{ .key = "a", .width = -5, .precision = 3 },
	{ .key = "b", .precision = 3 },
	{ .key = "c", .precision = B2C_NO_DECIMALS },
	{ .key = "d", .precision = 6 },
	{ .key = "e", .precision = 3 },
};

static void put_five(void)
{
	b2c_put_string(&row, "abcdef", 6);
	b2c_put_text(&row, "\u00e4\u00f6\u00fc\u00df");
	b2c_put_comm(&row, "abc", 3);
	b2c_put_chars(&row, "a\x01" "b", 3);
	b2c_put(&row, 12345);
}

/* So many characters as they are printed; numbers and data are whole. */
static void text_is_cut(void **state)
{
	(void)state;
	begin(cut, B2C_SIZE(cut), false);
	put_five();
	expect("abc   \u00e4\u00f6\u00fc  a\\x01b 12345");
	begin(cut, B2C_SIZE(cut), true);
	put_five();
	expect("{\"a\":\"abcdef\",\"b\":\"\u00e4\u00f6\u00fc\u00df\",\"c\":\"abc\","
	       "\"d\":\"a\\u0001b\",\"e\":12345");
}

static void put_four(void)
{
	b2c_put(&row, 1);
	b2c_put(&row, 2);
	b2c_put(&row, 3);
	b2c_put(&row, 4);
}

static void columns_may_be_absent(void **state)
{
	(void)state;
	begin(conditional, B2C_SIZE(conditional), false);
	put_four();
	expect("  2   4");
	begin(conditional, B2C_SIZE(conditional), true);
	put_four();
	expect("{\"b\":2,\"d\":4");
	run.settings.json = true;
	b2c_row_init(&row, &run, NULL, conditional, 1); /* the only one is not there */
	row.name = "map";
	b2c_row_begin(&row);
	b2c_put(&row, 1);
	expect("{\"table\":\"map\"");
	b2c_row_init(&row, &run, NULL, conditional, 2);
	row.record = "open\"event";
	b2c_row_begin(&row);
	b2c_put(&row, 1);
	b2c_put(&row, 2);
	expect("{\"record\":\"open\\\"event\",\"b\":2");
}

/* What b2c_print_header() writes for a row. */
static char *header_of(bool no_header)
{
	static char text[256];
	int saved = dup(STDOUT_FILENO);
	FILE *file = tmpfile();

	assert_non_null(file);
	fflush(stdout);
	dup2(fileno(file), STDOUT_FILENO);
	begin(conditional, B2C_SIZE(conditional), false);
	row.no_header = no_header;
	assert_int_equal(b2c_print_header(&run, &row), 0);
	b2c_row_free(&row);
	fflush(stdout);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	rewind(file);
	text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
	fclose(file);
	return text;
}

static void headers(void **state)
{
	(void)state;
	assert_string_equal(header_of(false), "  B   D\n");
	assert_string_equal(header_of(true), "");
}

static int take_short(void *ctx, void *data, size_t size)
{
	(void)data;
	((struct b2c_row *)ctx)->nr_cells++;
	return size < 4 ? 0 : B2C_NOT_TAKEN;
}

static int take_broken(void *ctx, void *data, size_t size)
{
	(void)data;
	((struct b2c_row *)ctx)->nr_cells++;
	return size < 8 ? -EPIPE : B2C_NOT_TAKEN;
}

static void records_go_to_the_first_that_takes_them(void **state)
{
	struct b2c_output two = { .print_event = take_broken };
	struct b2c_output one = { .print_event = take_short, .other = &two };

	(void)state;
	run = (struct b2c_run){ .tool = &tool };
	one.row.run = &run;
	two.row.run = &run;
	assert_int_equal(b2c_print_record(&one, NULL, 2), 0);
	assert_int_equal(two.row.nr_cells, 0);
	assert_int_equal(b2c_print_record(&one, NULL, 6), -EPIPE);
	assert_int_equal(run.nr_untaken, 0);
	assert_int_equal(b2c_print_record(&one, NULL, 9), 0);
	assert_int_equal(run.nr_untaken, 1);
	assert_int_equal(one.row.nr_cells, 3);
	assert_int_equal(two.row.nr_cells, 2);
}

/* What a row becomes on a terminal of so many columns; `text` is its last cell. */
static const char *on_terminal(unsigned short width, const char *text, bool number_last)
{
	static const struct b2c_column columns[] = { { .width = 4 }, { .width = -3 }, { 0 } };
	const struct winsize size = { .ws_col = width };
	int saved = dup(STDOUT_FILENO), main_side = posix_openpt(O_RDWR | O_NOCTTY), terminal;
	static char shown[512];
	ssize_t n;

	assert_true(main_side >= 0 && !grantpt(main_side) && !unlockpt(main_side));
	terminal = open(ptsname(main_side), O_RDWR | O_NOCTTY);
	assert_true(terminal >= 0);
	assert_int_equal(ioctl(terminal, TIOCSWINSZ, &size), 0);
	fflush(stdout);
	dup2(terminal, STDOUT_FILENO);
	begin(columns, B2C_SIZE(columns), false);
	b2c_put(&row, 12);
	b2c_put(&row, text);
	if (number_last)
		b2c_put(&row, 1234567890123456789);
	assert_int_equal(b2c_row_end(&row), 0);
	assert_int_equal(b2c_flush(&run), 0);
	b2c_row_free(&row);
	dup2(saved, STDOUT_FILENO);
	n = read(main_side, shown, sizeof(shown) - 1);
	assert_true(n > 0);
	shown[strcspn(shown, "\r\n")] = '\0';
	shown[n] = '\0';
	close(saved);
	close(main_side);
	close(terminal);
	return shown;
}

#define UMLAUTS "\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6\xc3\xbc"

static void terminals_cut_text_at_the_end(void **state)
{
	const char *path = "/usr/share/a/long/path/of/a/file";

	(void)state;
	assert_string_equal(on_terminal(37, path, false), "  12 /usr/share/a/long/path/of/a/file");
	assert_string_equal(on_terminal(36, path, false), "  12 /usr/share/a/long/path/of/a/...");
	assert_string_equal(on_terminal(21, path, false), "  12 /usr/share/a/...");
	/* 15 columns say too little */
	assert_string_equal(on_terminal(20, path, false), "  12 /usr/share/a/long/path/of/a/file");
	assert_string_equal(on_terminal(0, path, false), "  12 /usr/share/a/long/path/of/a/file");
	/* a character is one column, however many bytes it has */
	assert_string_equal(on_terminal(24, UMLAUTS UMLAUTS "cdefghijklm", false),
			    "  12 " UMLAUTS UMLAUTS "cdef...");
	/* a number is whole or it is another number */
	assert_string_equal(on_terminal(22, "a", true), "  12 a   1234567890123456789");
}

static void times(void **state)
{
	const char *now = b2c_time_of_day();

	(void)state;
	assert_int_equal(strlen(now), 8);
	assert_int_equal(now[2], ':');
	assert_true(seconds_since_first(5000000000) == 0.0);
	assert_true(seconds_since_first(7500000000) == 2.5);
	assert_true(seconds_since_first(4000000000) == -1.0);
	assert_int_equal(strlen(time_of_day_at(1)), 8);
}

static void symbols_of_this_kernel(void **state)
{
	const char *const names[] = { "no_such_function_at_all", "schedule", "schedule" };
	enum b2c_found found[3] = { B2C_FOUND_COPY };

	(void)state;
	if (b2c_functions_find(names, found, 3))
		skip();
	assert_int_equal(found[0], B2C_FOUND_NONE);
	assert_int_equal(found[1], B2C_FOUND_ITSELF);
	assert_int_equal(found[2], B2C_FOUND_ITSELF);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_padded_not_cut),
		cmocka_unit_test(columns_are_indented),
		cmocka_unit_test(every_type_has_its_form),
		cmocka_unit_test(floats),
		cmocka_unit_test(meanings),
		cmocka_unit_test(json_has_keys),
		cmocka_unit_test(columns_may_be_absent),
		cmocka_unit_test(text_is_cut),
		cmocka_unit_test(headers),
		cmocka_unit_test(records_go_to_the_first_that_takes_them),
		cmocka_unit_test(terminals_cut_text_at_the_end),
		cmocka_unit_test(times),
		cmocka_unit_test(symbols_of_this_kernel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
