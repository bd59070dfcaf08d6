// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* runtime/text.h: what foreign strings look like in a terminal and in JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "../../runtime/text.h"

static void check(const char *in, size_t n, const char *escaped, const char *json)
{
	struct b2c_text text = { 0 };

	b2c_text_escaped(&text, in, n);
	assert_string_equal(b2c_text_string(&text), escaped);
	b2c_text_clear(&text);
	b2c_text_json(&text, in, n);
	assert_string_equal(b2c_text_string(&text), json);
	b2c_text_free(&text);
}

static void plain_text_stays(void **state)
{
	(void)state;
	check("", 0, "", "\"\"");
	check("/etc/passwd", 11, "/etc/passwd", "\"/etc/passwd\"");
	check("gr\xc3\xbc\xc3\x9f", 6, "gr\xc3\xbc\xc3\x9f", "\"gr\xc3\xbc\xc3\x9f\"");
	check("\xf0\x9f\x90\x9d", 4, "\xf0\x9f\x90\x9d", "\"\xf0\x9f\x90\x9d\"");
}

static void controls_are_shown(void **state)
{
	(void)state;
	check("a\x1b[31m", 6, "a\\x1b[31m", "\"a\\u001b[31m\"");
	check("\n\t\x7f", 3, "\\x0a\\x09\\x7f", "\"\\u000a\\u0009\\u007f\"");
	check("\0x", 2, "\\x00x", "\"\\u0000x\"");
	check("\xc2\x9b", 2, "\\xc2\\x9b", "\"\\u009b\"");
	check("\xe2\x80\xae", 3, "\\xe2\\x80\\xae", "\"\\u202e\"");
}

static void quotes_matter_in_json_only(void **state)
{
	(void)state;
	check("\"\\", 2, "\"\\", "\"\\\"\\\\\"");
}

static void broken_utf8_is_bytes(void **state)
{
	(void)state;
	check("\xff", 1, "\\xff", "\"\\\\xff\"");
	check("\xc3", 1, "\\xc3", "\"\\\\xc3\"");
	check("\xc3(", 2, "\\xc3(", "\"\\\\xc3(\"");
	check("\xc0\xaf", 2, "\\xc0\\xaf", "\"\\\\xc0\\\\xaf\"");
	check("\xed\xa0\x80", 3, "\\xed\\xa0\\x80", "\"\\\\xed\\\\xa0\\\\x80\"");
	check("\xf4\x90\x80\x80", 4, "\\xf4\\x90\\x80\\x80", "\"\\\\xf4\\\\x90\\\\x80\\\\x80\"");
	check("\xe0\x80\x80", 3, "\\xe0\\x80\\x80", "\"\\\\xe0\\\\x80\\\\x80\"");
}

/* Whatever the bytes, nothing that could steer a terminal is left. */
static void every_pair_of_bytes(void **state)
{
	struct b2c_text text = { 0 };
	unsigned int pair;
	size_t i;

	(void)state;
	for (pair = 0; pair < 65536; pair++) {
		const char in[2] = { (char)(pair >> 8), (char)pair };

		b2c_text_clear(&text);
		b2c_text_escaped(&text, in, sizeof(in));
		for (i = 0; i < text.size; i++)
			assert_true((uint8_t)text.data[i] >= 0x20 && text.data[i] != 0x7f);
	}
	b2c_text_free(&text);
}

static void plain_text_ends_at_the_first_other_byte(void **state)
{
	char text[] = "twenty-one characters";
	size_t size = strlen(text), at;
	unsigned int byte;

	(void)state;
	assert_int_equal(b2c_text_plain(text, size, true), size);
	for (at = 0; at < size; at++) {
		char kept = text[at];

		for (byte = 0; byte < 256; byte++) {
			bool plain = byte >= 0x20 && byte < 0x7f;
			bool escaped = byte == '"' || byte == '\\';

			text[at] = (char)byte;
			assert_int_equal(b2c_text_plain(text, size, false), plain ? size : at);
			assert_int_equal(b2c_text_plain(text, size, true),
					 plain && !escaped ? size : at);
		}
		text[at] = kept;
	}
}

static void width_counts_characters(void **state)
{
	(void)state;
	assert_int_equal(b2c_text_width("abc", 3), 3);
	assert_int_equal(b2c_text_width("\xc3\xbc\xe2\x82\xac", 5), 2);
	assert_int_equal(b2c_text_width("eight\xc3\xbc\xe2\x82\xac\xf0\x9f\x98\x80 and more", 23),
			 17);
}

static void files_of_unknown_size_are_read(void **state)
{
	struct b2c_text text = { 0 };

	(void)state;
	assert_int_equal(b2c_text_read_file(&text, "/proc/self/status"), 0);
	assert_non_null(strstr(b2c_text_string(&text), "CapEff:"));
	b2c_text_free(&text);
	assert_true(b2c_text_read_file(&text, "/nonexistent") < 0);
	assert_string_equal(b2c_text_string(&text), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_text_stays),
		cmocka_unit_test(controls_are_shown),
		cmocka_unit_test(quotes_matter_in_json_only),
		cmocka_unit_test(broken_utf8_is_bytes),
		cmocka_unit_test(every_pair_of_bytes),
		cmocka_unit_test(plain_text_ends_at_the_first_other_byte),
		cmocka_unit_test(width_counts_characters),
		cmocka_unit_test(files_of_unknown_size_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
