// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What is reached by counting bytes from a member: by data/beside.def and by the kernels. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>

#include "kernel.h"
#include "kernel_beside.h"
#include "kernel_fixture.h"
#include "kernel_layout.h"

/* Both members of a row of beside.def are on every kernel, and the row is what is found. */
static void test_beside_rows(void **state)
{
	struct b2c_kernels *const both[] = { x86, arm64 };
	struct b2c_beside beside;

	(void)state;
	for (size_t n = 0; n < 2 * nr_beside_rows; n++) {
		const struct beside_row *row = &beside_rows[n / 2];
		const int64_t range[2] = { row->offset, 1 };

		assert_int_equal(kernels_with_field(both[n % 2], row->record, row->path), ALL);
		assert_int_equal(kernels_with_field(both[n % 2], row->record, row->member), ALL);
		assert_int_equal(kernel_members_beside(both[n % 2], row->record, row->path, range,
						       &beside), 0);
		assert_int_equal(beside.nr_parts, 1);
		assert_string_equal(beside.parts[0].path, row->member);
		assert_true(beside.is_doubtful);
	}
}

static void test_members_beside(void **state)
{
	static const int64_t before[2] = { -1, 1 }, two[2] = { -2, 2 }, far[2] = { -64, 8 };
	struct b2c_beside beside;

	(void)state;
	assert_int_equal(kernel_members_beside(x86, "sock", "__sk_common.skc_bound_dev_if", before,
					       &beside), 0);
	assert_int_equal(beside.nr_parts, 4);
	assert_string_equal(beside.kernel, "5.10");
	assert_false(beside.is_doubtful);
	assert_string_equal(beside.parts[1].path, "__sk_common.skc_reuseport");
	assert_int_equal(beside.parts[1].to, 4);
	assert_int_equal(beside.parts[1].bits, 1);
	/* the state is a byte of its own before them */
	assert_int_equal(kernel_members_beside(x86, "sock", "__sk_common.skc_bound_dev_if", two,
					       &beside), 0);
	assert_int_equal(beside.nr_parts, 5);
	assert_string_equal(beside.parts[0].path, "__sk_common.skc_state");
	assert_int_equal(beside.parts[1].to, 8);
	/* where another kernel has something else */
	assert_int_equal(kernel_members_beside(x86, "inet_sock", "rcv_tos", before, &beside), 0);
	assert_true(beside.is_doubtful);
	assert_int_equal(kernel_members_beside(x86, "inet_sock", "no_such", before, &beside),
			 -ENOENT);
	assert_int_equal(kernel_members_beside(x86, "task_struct", "comm", far, &beside), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_beside_rows),
		cmocka_unit_test(test_members_beside),
	};

	return cmocka_run_group_tests(tests, kernels_setup, kernels_teardown);
}
