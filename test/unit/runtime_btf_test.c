// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Which of a tool's sets of BTF is for a host: release, build and size of the host's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "btf.h"

static const struct b2c_btf_set sets[] = {
	{ "6.1.0-9-amd64", "#1 SMP Debian 6.1.27-1 (2023-05-08)", 5000, "a", 1 },
	{ "6.1.0-9-amd64", "#1 SMP Debian 6.1.27-2 (2023-06-01)", 5001, "b", 1 },
	{ "5.4.0-91-generic", NULL, 4000, "c", 1 },
	{ "4.19.0-9-amd64", NULL, 0, "d", 1 },
};

static const struct b2c_btf_set *match(const char *release, const char *build, size_t size)
{
	const struct b2c_btf_host host = { release, build, size };

	return b2c_btf_match(sets, sizeof(sets) / sizeof(sets[0]), &host);
}

static void test_build(void **state)
{
	(void)state;
	assert_ptr_equal(match("6.1.0-9-amd64", sets[0].build, 5000), &sets[0]);
	assert_ptr_equal(match("6.1.0-9-amd64", sets[1].build, 5001), &sets[1]);
	/* another build of this release, and of this name */
	assert_null(match("6.1.0-9-amd64", "#2 SMP Debian 6.1.27-1 (2023-05-08)", 5000));
	assert_null(match("6.1.0-9-cloud-amd64", sets[0].build, 5000));
	/* the same names, but the host's types are others */
	assert_null(match("6.1.0-9-amd64", sets[0].build, 5002));
}

static void test_release_alone(void **state)
{
	(void)state;
	assert_ptr_equal(match("5.4.0-91-generic", "#102-Ubuntu SMP", 4000), &sets[2]);
	assert_null(match("5.4.0-91-generic", "#102-Ubuntu SMP", 4001));
	/* a host that has no BTF */
	assert_ptr_equal(match("5.4.0-91-generic", "#102-Ubuntu SMP", 0), &sets[2]);
	assert_ptr_equal(match("4.19.0-9-amd64", "#1 SMP", 0), &sets[3]);
	assert_ptr_equal(match("4.19.0-9-amd64", "#1 SMP", 77), &sets[3]);
}

static void test_none(void **state)
{
	const struct b2c_btf_host host = { "6.1.0-9-amd64", "#1", 0 };

	(void)state;
	assert_null(b2c_btf_match(sets, 0, &host));
	assert_null(match("", "", 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_build),
		cmocka_unit_test(test_release_alone),
		cmocka_unit_test(test_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
