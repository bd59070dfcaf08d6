// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* runtime/arguments.h: where a prototype has a parameter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <bpf/btf.h>
#include <cmocka.h>
#include <errno.h>

#include "../../runtime/arguments.h"

struct parameter {
	const char *name;
	int type;
};

/* A FUNC with these parameters; returns its id. */
static uint32_t add_function(struct btf *btf, const struct parameter *parameters, size_t nr)
{
	int proto = btf__add_func_proto(btf, 0);

	assert_true(proto > 0);
	for (size_t i = 0; i < nr; i++)
		assert_int_equal(btf__add_func_param(btf, parameters[i].name, parameters[i].type),
				 0);
	return (uint32_t)btf__add_func(btf, "traced", BTF_FUNC_STATIC, proto);
}

/* Where `what` is, from `position`; -1: nowhere. */
static int place(const struct btf *btf, uint32_t function, const char *what, unsigned int position)
{
	unsigned int before = position;

	if (b2c_argument_position(btf, function, what, &position) == 0)
		return (int)position;
	assert_int_equal(position, before);
	return -1;
}

static void positions_are_found(void **state)
{
	struct btf *btf = btf__new_empty();
	int number = btf__add_int(btf, "int", 4, BTF_INT_SIGNED);
	int inode = btf__add_fwd(btf, "inode", BTF_FWD_STRUCT);
	int dentry = btf__add_struct(btf, "dentry", 8);
	int inode_pointer = btf__add_ptr(btf, inode);
	int dentry_pointer = btf__add_ptr(btf, btf__add_const(btf, dentry));
	int named = btf__add_typedef(btf, "dentry_ptr", dentry_pointer);
	const struct parameter unlink[] = { { "dir", inode_pointer },
					    { "dentry", named },
					    { "mode", number } };
	const struct parameter rename[] = { { "old_dir", inode_pointer },
					    { "old_dentry", dentry_pointer },
					    { "new_dir", inode_pointer },
					    { "new_dentry", dentry_pointer } };
	uint32_t one = add_function(btf, unlink, 3), two = add_function(btf, rename, 4);

	(void)state;
	assert_int_equal(place(btf, one, "struct dentry *dentry", 2), 1);
	assert_int_equal(place(btf, one, "struct dentry *other", 2), 1);
	assert_int_equal(place(btf, one, "struct inode *dir", 2), 0);
	assert_int_equal(place(btf, one, "struct file *dir", 0), -1);
	assert_int_equal(place(btf, one, "mode", 3), 2);
	assert_int_equal(place(btf, one, "flags", 1), 1);
	assert_int_equal(place(btf, one, "flags", 3), -1);
	assert_int_equal(place(btf, one, "return", 0), 3);
	assert_int_equal(place(btf, two, "struct dentry *new_dentry", 0), 3);
	assert_int_equal(place(btf, two, "struct dentry *dentry", 1), 1);
	assert_int_equal(place(btf, two, "struct dentry *dentry", 2), -1);
	assert_int_equal(place(btf, two, "struct inode *dir", 2), 2);
	assert_int_equal(place(btf, two, "return", 9), 4);
	btf__free(btf);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(positions_are_found) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
