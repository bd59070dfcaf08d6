// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* runtime/functions.h: which functions of the kernel's lists fit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "../../runtime/functions.h"

static bool begins(const char *name, const void *prefix)
{
	return !strncmp(name, prefix, strlen(prefix));
}

static struct b2c_functions found_in(const char *text, bool is_kallsyms, const char *prefix)
{
	struct b2c_functions functions = { 0 };
	FILE *f = fmemopen((char *)text, strlen(text), "r");

	assert_non_null(f);
	assert_int_equal(b2c_functions_read(f, is_kallsyms, begins, prefix, &functions), 0);
	fclose(f);
	return functions;
}

static void functions_are_sorted(void **state)
{
	const char text[] = "vfs_write\n"
			    "do_vfs_ioctl\n"
			    "vfs_read.isra.0\n"
			    "vfs_xfs\t[xfs]\n"
			    "vfs_read.cold\n"
			    "__ftrace_invalid_address___16\n";
	struct b2c_functions functions = found_in(text, false, "vfs_");

	(void)state;
	assert_int_equal(functions.nr, 3);
	assert_string_equal(functions.names[0], "vfs_read.isra.0");
	assert_string_equal(functions.names[1], "vfs_write");
	assert_string_equal(functions.names[2], "vfs_xfs");
	b2c_functions_free(&functions);
	functions = found_in(text, false, "nothing");
	assert_int_equal(functions.nr, 0);
	b2c_functions_free(&functions);
}

static void names_come_once(void **state)
{
	struct b2c_functions functions = found_in("seq_show\nseq_open\nseq_show [a]\n"
						  "seq_show [b]\n",
						  false, "seq_");

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
						  true, "");

	(void)state;
	assert_int_equal(functions.nr, 2);
	assert_string_equal(functions.names[0], "vfs_open");
	assert_string_equal(functions.names[1], "vfs_read");
	b2c_functions_free(&functions);
}

static void copies_have_suffixes_of_the_compiler(void **state)
{
	(void)state;
	assert_int_equal(b2c_copy_of("foo.isra.0"), 3);
	assert_int_equal(b2c_copy_of("foo.constprop.0.isra.12"), 3);
	assert_int_equal(b2c_copy_of("foo"), 0);
	assert_int_equal(b2c_copy_of("foo.part.0"), 0);
	assert_int_equal(b2c_copy_of("foo.isra.0.part.1"), 0);
	assert_int_equal(b2c_copy_of("foo.isra.0.cold"), 0);
	assert_int_equal(b2c_copy_of("foo.isra."), 0);
	assert_int_equal(b2c_copy_of("foo.llvm.123"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(functions_are_sorted),
		cmocka_unit_test(copies_have_suffixes_of_the_compiler),
		cmocka_unit_test(names_come_once),
		cmocka_unit_test(kallsyms_has_more_than_functions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
