// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* runtime/match.h: which functions of the kernel's lists match. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "../../runtime/match.h"

static struct b2c_functions found_in(const char *text, bool is_kallsyms, const char *pattern)
{
	struct b2c_functions functions = { 0 };
	FILE *f = fmemopen((char *)text, strlen(text), "r");
	regex_t regex;

	assert_non_null(f);
	assert_int_equal(regcomp(&regex, pattern, REG_EXTENDED), 0);
	assert_int_equal(b2c_functions_match(f, is_kallsyms, &regex, &functions), 0);
	regfree(&regex);
	fclose(f);
	return functions;
}

static void names_match_from_their_start(void **state)
{
	const char text[] = "vfs_write\n"
			    "do_vfs_ioctl\n"
			    "vfs_read.isra.0\n"
			    "vfs_xfs\t[xfs]\n"
			    "vfs_read.cold\n"
			    "__ftrace_invalid_address___16\n";
	struct b2c_functions functions = found_in(text, false, "vfs_.*|nothing");

	(void)state;
	assert_int_equal(functions.nr, 3);
	assert_string_equal(functions.names[0], "vfs_read.isra.0");
	assert_string_equal(functions.names[1], "vfs_write");
	assert_string_equal(functions.names[2], "vfs_xfs");
	b2c_functions_free(&functions);
	functions = found_in(text, false, "_");
	assert_int_equal(functions.nr, 0);
	b2c_functions_free(&functions);
}

static void names_come_once(void **state)
{
	struct b2c_functions functions = found_in("seq_show\nseq_open\nseq_show [a]\n"
						  "seq_show [b]\n",
						  false, "^seq_");

	(void)state;
	assert_int_equal(functions.nr, 2);
	assert_string_equal(functions.names[0], "seq_open");
	assert_string_equal(functions.names[1], "seq_show");
	b2c_functions_free(&functions);
}

static void kallsyms_has_more_than_functions(void **state)
{
	struct b2c_functions functions = found_in("ffffffff81000000 T vfs_read\n"
						  "ffffffff81000010 d vfs_data\n"
						  "ffffffff81000020 t __pfx_vfs_read\n"
						  "ffffffff81000030 t vfs_open\t[fs]\n",
						  true, "^(__pfx_)?vfs_");

	(void)state;
	assert_int_equal(functions.nr, 2);
	assert_string_equal(functions.names[0], "vfs_open");
	assert_string_equal(functions.names[1], "vfs_read");
	b2c_functions_free(&functions);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_match_from_their_start),
		cmocka_unit_test(names_come_once),
		cmocka_unit_test(kallsyms_has_more_than_functions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
