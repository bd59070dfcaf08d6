// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* template.h: holes, lists, conditions, and that every mistake is a bug of ours at its line. */
#include "template.h"

#include <errno.h>

#include "capture.h"

static void expect(struct capture *c, const struct b2c_view *view, const char *text,
		   const char *rendered)
{
	struct b2c_template template = { .name = "t.c", .text = text };
	struct b2c_text out = { 0 };

	assert_int_equal(template_render(&template, view, c->diag, &out), 0);
	assert_string_equal(capture_flush(c), "");
	assert_string_equal(text_string(&out), rendered);
	text_free(&out);
}

static void expect_bug(const struct b2c_view *view, const char *text, const char *message)
{
	struct b2c_template template = { .name = "t.c", .text = text };
	struct b2c_text out = { 0 };
	struct capture c;

	capture_begin(&c, false);
	assert_int_equal(template_render(&template, view, c.diag, &out), -EINVAL);
	assert_int_equal(diag_status(c.diag), 70);
	assert_non_null(strstr(capture_flush(&c), message));
	text_free(&out);
	capture_end(&c);
}

static struct b2c_view *sample(struct capture *c)
{
	struct b2c_view *view = view_new(c->arena), *item;

	view_set(view, "tool", "opens");
	view_set(view, "absent", NULL);
	view_set(view, "empty", "");
	view_printf(view, "nr", "%d", 2);
	view_flag(view, "on", true);
	view_flag(view, "off", false);
	view_list(view, "none");
	item = view_add(view, "columns");
	view_set(item, "header", "PID");
	view_flag(item, "last", false);
	item = view_add(view, "columns");
	view_set(item, "header", "COMM");
	view_flag(item, "last", true);
	view_set(view_add(item, "parts"), "part", "a");
	return view;
}

static void test_holes(void **state)
{
	struct capture c;
	struct b2c_view *view;

	(void)state;
	capture_begin(&c, false);
	view = sample(&c);
	expect(&c, view, "struct $tool$_bpf $nr$$tool$;\n", "struct opens_bpf 2opens;\n");
	expect(&c, view, "$(CC) $@ $< $ $$ $X$ a$", "$(CC) $@ $< $ $$ $X$ a$\n");
	expect(&c, view, "[$empty$]\n", "[]\n");
	expect(&c, view, "", "");
	capture_end(&c);
}

static void test_conditions(void **state)
{
	struct capture c;
	struct b2c_view *view;

	(void)state;
	capture_begin(&c, false);
	view = sample(&c);
	expect(&c, view, "//: if on\na\n//: else\nb\n//: end\nc\n", "a\nc\n");
	expect(&c, view, "//: if off\na\n//: else\nb\n//: end\nc\n", "b\nc\n");
	expect(&c, view, "//: if !off\na\n//: end\n", "a\n");
	expect(&c, view, "//: if absent\na\n//: end\n", "");
	expect(&c, view, "//: if empty\na\n//: end\n", "");
	expect(&c, view, "//: if none\na\n//: end\n", "");
	expect(&c, view, "\t//: if columns\na\n\t//: end\n", "a\n");
	/* What is passed over is not looked up. */
	expect(&c, view, "//: if off\n$who$\n//: each who\n//: end\n//: else\nb\n//: end\n", "b\n");
	capture_end(&c);
}

static void test_lists(void **state)
{
	struct capture c;
	struct b2c_view *view;

	(void)state;
	capture_begin(&c, false);
	view = sample(&c);
	expect(&c, view, "//: each columns\n$tool$ $header$\n//: end\n", "opens PID\nopens COMM\n");
	expect(&c, view, "//: each none\na\n//: end\nb\n", "b\n");
	expect(&c, view,
	       "//: each columns\n//: if last\n//: each parts\n$header$ $part$\n//: end\n//: end\n"
	       "//: end\n",
	       "COMM a\n");
	capture_end(&c);
}

static void test_next_line(void **state)
{
	struct capture c;

	(void)state;
	capture_begin(&c, false);
	expect(&c, sample(&c), "a\n#line $next_line$\nb\n//: each columns\n$next_line$\n//: end\n",
	       "a\n#line 3\nb\n5\n6\n");
	capture_end(&c);
}

static void test_bugs(void **state)
{
	struct capture c;
	struct b2c_view *view;

	(void)state;
	capture_begin(&c, false);
	view = sample(&c);
	expect_bug(view, "a\n$who$\n", "t.c:2:1: internal error: unknown name 'who'");
	expect_bug(view, "$absent$\n", "t.c:1:1: internal error: no text for 'absent'");
	expect_bug(view, "//: if who\n//: end\n", "t.c:1:1: internal error: unknown name 'who'");
	expect_bug(view, "\n//: each tool\n//: end\n",
		   "t.c:2:1: internal error: unknown list 'tool'");
	expect_bug(view, "//: if on\na\n", "t.c:1:1: internal error: no end of 'on'");
	expect_bug(view, "//: each columns\n", "t.c:1:1: internal error: no end of 'columns'");
	expect_bug(view, "//: end\n", "internal error: too many ends");
	expect_bug(view, "//: for x\n", "internal error: unknown directive '//: for x'");
	capture_end(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_holes), cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_lists), cmocka_unit_test(test_next_line),
		cmocka_unit_test(test_bugs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
