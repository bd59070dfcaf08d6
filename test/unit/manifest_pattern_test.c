// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* translator/manifest_pattern.h: Python's regular expressions in POSIX's words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "manifest_pattern.h"

static void becomes(const char *pattern, const char *expected)
{
	struct b2c_arena *arena = arena_new();
	const char *problem, *found = pattern_translate(pattern, arena, &problem);

	if (problem)
		fail_msg("'%s' %s", pattern, problem);
	assert_string_equal(found, expected);
	arena_free(arena);
}

static void is_refused(const char *pattern, const char *expected)
{
	struct b2c_arena *arena = arena_new();
	const char *problem;

	assert_null(pattern_translate(pattern, arena, &problem));
	assert_string_equal(problem, expected);
	arena_free(arena);
}

static void what_is_the_same_stays(void **state)
{
	(void)state;
	becomes("^vfs_.*", "^vfs_.*");
	becomes("^(a|b)+c{2,3}$", "^(a|b)+c{2,3}$");
	becomes("x\\.isra\\.[^]0-9a]", "x\\.isra\\.[^]0-9a]");
	becomes("a{2}b{2,}", "a{2}b{2,}");
}

static void classes_are_written_out(void **state)
{
	(void)state;
	becomes("^a\\.\\d$", "^a\\.[0-9]$");
	becomes("\\w+\\D\\W", "[[:alnum:]_]+[^0-9][^[:alnum:]_]");
	becomes("[\\d\\w.\\.]", "[0-9[:alnum:]_..]");
}

static void python_is_translated(void **state)
{
	(void)state;
	becomes("(?:a|b)c", "(a|b)c");
	becomes("a*?b+?c??d{1,2}?", "a*b+c?d{1,2}");
	becomes("a{,3}", "a{0,3}");
	becomes("a{b}{,}", "a\\{b\\}{0,}");
	becomes("\\<\\_\\-", "<_-");
}

static void the_rest_is_refused(void **state)
{
	(void)state;
	is_refused("\\bvfs", "has '\\b', which only Python knows");
	is_refused("(a)\\1", "has '\\1', which only Python knows");
	is_refused("[\\D]", "has '\\D', which only Python knows within [ ]");
	is_refused("[a\\]]", "has '\\]' within [ ]");
	is_refused("[[:x]", "has '[' within [ ]");
	is_refused("(?!vfs)", "has '(?', which only Python knows");
	is_refused("*vfs", "has a '*' with nothing to repeat");
	is_refused("a|+", "has a '+' with nothing to repeat");
	is_refused("(?:*a)", "has a '*' with nothing to repeat");
	is_refused("a++", "has a quantifier before '+'");
	is_refused("a**", "has a quantifier before '*'");
	is_refused("a\\", "ends in a backslash");
}

static void what_is_unbalanced_is_refused(void **state)
{
	struct b2c_arena *arena = arena_new();
	const char *problem;

	(void)state;
	assert_null(pattern_translate("(vfs", arena, &problem));
	assert_memory_equal(problem, "is no regular expression: ", 26);
	assert_null(pattern_translate("[vfs", arena, &problem));
	assert_memory_equal(problem, "is no regular expression: ", 26);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_the_same_stays),
		cmocka_unit_test(classes_are_written_out),
		cmocka_unit_test(python_is_translated),
		cmocka_unit_test(the_rest_is_refused),
		cmocka_unit_test(what_is_unbalanced_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
