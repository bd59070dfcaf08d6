// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* diag.h: the format of messages, their order, counts and near words. */
#include "capture.h"

static const char source[] = "int x;\n\t\tu64 *v = dist.lookup(&key);\nlast";

static struct b2c_loc at(const char *file, unsigned int line, unsigned int column,
			 unsigned int length)
{
	return (struct b2c_loc){ file, line, column, length };
}

static void format_has_line_and_caret(void **state)
{
	struct capture c;

	(void)state;
	capture_begin(&c, false);
	diag_add_source(c.diag, "a.c", source);
	diag_report(c.diag, B2C_DIAG_map_method_kind, at("a.c", 2, 17, 6), "map '%s' has none",
		    "dist");
	diag_note(c.diag, at("a.c", 1, 1, 0), "it is declared here");
	diag_help(c.diag, "use 'dist.increment(key)'");
	assert_string_equal(capture_flush(&c),
			    "a.c:2:17: error: map 'dist' has none [map-method-kind]\n"
			    "    2 | \t\tu64 *v = dist.lookup(&key);\n"
			    "      | \t\t              ^~~~~~\n"
			    "a.c:1:1: note: it is declared here\n"
			    "      help: use 'dist.increment(key)'\n");
	capture_end(&c);
}

static void caret_stays_within_the_line(void **state)
{
	struct capture c;

	(void)state;
	capture_begin(&c, false);
	diag_add_source(c.diag, "a.c", "\xc3\xa9 x\r\nshort\n");
	diag_report(c.diag, B2C_DIAG_clang, at("a.c", 1, 4, 1), "after two bytes");
	diag_report(c.diag, B2C_DIAG_clang, at("a.c", 2, 3, 99), "long underline");
	diag_report(c.diag, B2C_DIAG_clang, at("a.c", 2, 70, 2), "past the line");
	diag_report(c.diag, B2C_DIAG_clang, at("a.c", 9, 1, 2), "past the file");
	assert_string_equal(capture_flush(&c),
			    "a.c:1:4: error: after two bytes [clang]\n"
			    "    1 | \xc3\xa9 x\n"
			    "      |   ^\n"
			    "a.c:2:3: error: long underline [clang]\n"
			    "    2 | short\n"
			    "      |   ^~~\n"
			    "a.c:2:70: error: past the line [clang]\n"
			    "    2 | short\n"
			    "      |      ^\n"
			    "a.c:9:1: error: past the file [clang]\n");
	capture_end(&c);
}

static void control_characters_are_hidden(void **state)
{
	struct capture c;

	(void)state;
	capture_begin(&c, false);
	diag_add_source(c.diag, "a.c", "\x1b[31m");
	diag_report(c.diag, B2C_DIAG_clang, at("a.c", 1, 2, 1), "'\x1b[2J'");
	assert_string_equal(capture_flush(&c), "a.c:1:2: error: '?[2J' [clang]\n"
			    "    1 | ?[31m\n"
			    "      |  ^\n");
	capture_end(&c);
}

static void order_is_by_file_line_column(void **state)
{
	struct capture c;

	(void)state;
	capture_begin(&c, false);
	diag_report(c.diag, B2C_DIAG_attach_none, at(NULL, 0, 0, 0), "no place");
	diag_report(c.diag, B2C_DIAG_clang, at("b.c", 9, 1, 0), "six");
	diag_report(c.diag, B2C_DIAG_clang, at("a.c", 3, 1, 0), "seven");
	diag_report(c.diag, B2C_DIAG_clang, at("b.c", 2, 8, 0), "four");
	diag_report(c.diag, B2C_DIAG_clang, at("b.c", 2, 8, 0), "five");
	diag_report(c.diag, B2C_DIAG_clang, at("b.c", 2, 1, 0), "three");
	diag_report(c.diag, B2C_DIAG_file, at("b.c", 0, 0, 0), "one");
	diag_report(c.diag, B2C_DIAG_clang, at("b.c", 2, 0, 0), "two");
	assert_string_equal(capture_flush(&c), "b.c: error: one [file]\n"
			    "b.c:2: error: two [clang]\n"
			    "b.c:2:1: error: three [clang]\n"
			    "b.c:2:8: error: four [clang]\n"
			    "b.c:2:8: error: five [clang]\n"
			    "b.c:9:1: error: six [clang]\n"
			    "a.c:3:1: error: seven [clang]\n"
			    "bcc2core: error: no place [attach-none]\n");
	capture_end(&c);
}

static void same_message_is_printed_once(void **state)
{
	struct capture c;

	(void)state;
	capture_begin(&c, false);
	diag_report(c.diag, B2C_DIAG_clang_warning, at("a.c", 1, 1, 0), "same");
	diag_help(c.diag, "once");
	diag_report(c.diag, B2C_DIAG_clang_warning, at("a.c", 1, 1, 0), "same");
	diag_help(c.diag, "twice");
	diag_report(c.diag, B2C_DIAG_clang_warning, at("a.c", 1, 2, 0), "same");
	assert_int_equal(diag_count(c.diag, B2C_WARNING), 2);
	assert_string_equal(capture_flush(&c), "a.c:1:1: warning: same [clang-warning]\n"
			    "      help: once\n"
			    "a.c:1:2: warning: same [clang-warning]\n");
	assert_string_equal(capture_flush(&c), "");
	assert_int_equal(diag_count(c.diag, B2C_WARNING), 2);
	capture_end(&c);
}

static void parses_repeat_no_warning(void **state)
{
	struct capture c;

	(void)state;
	capture_begin(&c, false);
	diag_begin_parse(c.diag);
	diag_report(c.diag, B2C_DIAG_clang_warning, at("a.c", 1, 1, 0), "same");
	diag_report(c.diag, B2C_DIAG_clang_warning, at("a.c", 2, 1, 0), "same");
	diag_begin_parse(c.diag);
	diag_report(c.diag, B2C_DIAG_clang_warning, at("a.c", 1, 5, 0), "same");
	diag_note(c.diag, at("a.c", 1, 6, 0), "of the echo");
	diag_begin_parse(c.diag);
	diag_report(c.diag, B2C_DIAG_clang_warning, at("a.bpf.c", 7, 1, 0), "same");
	diag_report(c.diag, B2C_DIAG_clang_warning, at("a.bpf.c", 8, 1, 0), "same");
	diag_report(c.diag, B2C_DIAG_clang_warning, at("a.bpf.c", 9, 1, 0), "same");
	diag_report(c.diag, B2C_DIAG_config_unknown, at("a.bpf.c", 7, 1, 0), "same");
	assert_string_equal(capture_flush(&c), "a.c:1:1: warning: same [clang-warning]\n"
			    "a.c:2:1: warning: same [clang-warning]\n"
			    "a.bpf.c:7:1: warning: same [config-unknown]\n"
			    "a.bpf.c:9:1: warning: same [clang-warning]\n");
	capture_end(&c);
}

static void parses_repeat_errors(void **state)
{
	struct capture c;

	(void)state;
	capture_begin(&c, false);
	diag_begin_parse(c.diag);
	diag_report(c.diag, B2C_DIAG_clang, at("a.c", 1, 1, 0), "same");
	diag_begin_parse(c.diag);
	diag_report(c.diag, B2C_DIAG_clang, at("a.c", 2, 1, 0), "same");
	assert_int_equal(diag_count(c.diag, B2C_ERROR), 2);
	capture_end(&c);
}

static void remarks_need_verbose(void **state)
{
	struct capture c;

	(void)state;
	capture_begin(&c, false);
	diag_report(c.diag, B2C_DIAG_hidden_return, at("a.c", 1, 1, 0), "quiet");
	diag_note(c.diag, at("a.c", 1, 1, 0), "also quiet");
	assert_string_equal(capture_flush(&c), "");
	capture_end(&c);
	capture_begin(&c, true);
	diag_report(c.diag, B2C_DIAG_hidden_return, at("a.c", 1, 1, 0), "loud");
	assert_string_equal(capture_flush(&c), "a.c:1:1: remark: loud [hidden-return]\n");
	capture_end(&c);
}

static void status_is_the_worst(void **state)
{
	struct b2c_loc none = { 0 };
	struct capture c;

	(void)state;
	capture_begin(&c, false);
	diag_note(c.diag, none, "to no message");
	diag_help(c.diag, "to no message");
	assert_int_equal(diag_status(c.diag), 0);
	diag_report(c.diag, B2C_DIAG_clang_warning, none, "w");
	diag_report(c.diag, B2C_DIAG_hidden_return, none, "r");
	assert_int_equal(diag_status(c.diag), 0);
	diag_report(c.diag, B2C_DIAG_clang, none, "e");
	assert_int_equal(diag_status(c.diag), 1);
	diag_report(c.diag, B2C_DIAG_tool, none, "t");
	diag_report(c.diag, B2C_DIAG_clang, none, "e2");
	assert_int_equal(diag_status(c.diag), 2);
	capture_flush(&c);
	diag_report(c.diag, B2C_DIAG_bug, none, "b");
	assert_int_equal(diag_status(c.diag), 70);
	assert_int_equal(diag_count(c.diag, B2C_REMARK), 6);
	assert_int_equal(diag_count(c.diag, B2C_ERROR), 4);
	assert_string_equal(capture_flush(&c), "bcc2core: internal error: b [bug]\n");
	capture_end(&c);
}

static void many_messages(void **state)
{
	struct capture c;
	unsigned int i;

	(void)state;
	capture_begin(&c, false);
	for (i = 3000; i; i--)
		diag_report(c.diag, B2C_DIAG_clang, at("a.c", i, 1, 0), "m");
	assert_int_equal(diag_count(c.diag, B2C_ERROR), 3000);
	assert_memory_equal(capture_flush(&c), "a.c:1:1: ", 9);
	capture_end(&c);
}

static void nearest_word(void **state)
{
	static const char *const words[] = { "kprobe", "kretprobe", "tracepoint", "pid",
					     "raw_tracepoint", "x" };
	static const struct {
		const char *word, *nearest;
	} cases[] = {
		{ "kprob", "kprobe" },	       { "korpbe", "kprobe" },
		{ "kprboe", "kprobe" },	       { "Tracepoint", "tracepoint" },
		{ "raw-tracepoint", "raw_tracepoint" }, { "tracepiont", "tracepoint" },
		{ "pdi", "pid" },	       { "uid", "pid" },
		{ "histogram", NULL },	       { "y", NULL },
		{ "", NULL },		       { "x", "x" },
	};
	char longest[200];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *found = diag_nearest(cases[i].word, words, 6);

		if (cases[i].nearest) {
			assert_non_null(found);
			assert_string_equal(found, cases[i].nearest);
		} else {
			assert_null(found);
		}
	}
	memset(longest, 'k', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_null(diag_nearest(longest, words, 6));
	assert_null(diag_nearest("pid", (const char *const[]){ longest }, 1));
	assert_null(diag_nearest("pid", NULL, 0));
}

static void ids_have_text(void **state)
{
	int i, j;

	(void)state;
	assert_string_equal(diag_id_text(B2C_DIAG_manifest_key), "manifest-key");
	for (i = 0; i < B2C_NR_DIAG; i++)
		for (j = 0; j < i; j++)
			assert_string_not_equal(diag_id_text((enum b2c_diag_id)i),
						diag_id_text((enum b2c_diag_id)j));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(format_has_line_and_caret),
		cmocka_unit_test(caret_stays_within_the_line),
		cmocka_unit_test(control_characters_are_hidden),
		cmocka_unit_test(order_is_by_file_line_column),
		cmocka_unit_test(same_message_is_printed_once),
		cmocka_unit_test(parses_repeat_no_warning),
		cmocka_unit_test(parses_repeat_errors),
		cmocka_unit_test(remarks_need_verbose),
		cmocka_unit_test(status_is_the_worst),
		cmocka_unit_test(many_messages),
		cmocka_unit_test(nearest_word),
		cmocka_unit_test(ids_have_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
