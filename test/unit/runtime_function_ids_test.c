// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Functions are found in BTF that is read in pieces, wherever a piece ends. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <bpf/btf.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "function_ids.h"

#define NR_FUNCTIONS 9000 /* their names and types take several pieces */

struct fixture {
	char path[64];
	int ids[NR_FUNCTIONS];
};

static int add_prototype(struct btf *btf, int number, unsigned int nr)
{
	int id = btf__add_func_proto(btf, number);
	unsigned int i;

	for (i = 0; i < nr; i++)
		assert_return_code(btf__add_func_param(btf, "argument", number), 0);
	return id;
}

static void write_file(const struct btf *btf, char *path)
{
	const void *data;
	uint32_t size;
	int fd;

	data = btf__raw_data(btf, &size);
	fd = mkstemp(path);
	assert_return_code(fd, 0);
	assert_int_equal(write(fd, data, size), size);
	close(fd);
}

static int setup(void **state)
{
	static struct fixture fixture = { .path = "/tmp/function_ids.XXXXXX" };
	struct btf *btf = btf__new_empty();
	int number, members, i;
	char name[64];

	number = btf__add_int(btf, "int", 4, BTF_INT_SIGNED);
	btf__add_array(btf, number, number, 3);
	members = btf__add_struct(btf, "pair", 8);
	assert_return_code(members, 0);
	btf__add_field(btf, "one", number, 0, 0);
	btf__add_field(btf, "other", number, 32, 0);
	btf__add_enum(btf, "word", 4);
	btf__add_enum_value(btf, "WORD", 1);
	btf__add_var(btf, "variable", BTF_VAR_STATIC, number);
	btf__add_float(btf, "float", 4);
	btf__add_decl_tag(btf, "tag", members, 1);
	btf__add_type_tag(btf, "tag", number);
	for (i = 0; i < NR_FUNCTIONS; i++) {
		int prototype = add_prototype(btf, number, (unsigned int)i % 7);

		snprintf(name, sizeof(name), "function_with_a_longer_name_%d", i);
		fixture.ids[i] = btf__add_func(btf, name, BTF_FUNC_STATIC, prototype);
	}
	for (i = 0; i < 2; i++)
		btf__add_func(btf, "twice", BTF_FUNC_STATIC, add_prototype(btf, number, 1));
	write_file(btf, fixture.path);
	btf__free(btf);
	*state = &fixture;
	return 0;
}

static int teardown(void **state)
{
	const struct fixture *fixture = *state;

	return unlink(fixture->path);
}

static void test_found(void **state)
{
	const struct fixture *fixture = *state;
	char (*names)[64] = calloc(NR_FUNCTIONS, sizeof(*names));
	struct b2c_function_id *functions = calloc(NR_FUNCTIONS, sizeof(*functions));
	size_t i, nr = 0;

	for (i = 0; i < NR_FUNCTIONS; i += 97, nr++) {
		snprintf(names[nr], sizeof(names[nr]), "function_with_a_longer_name_%zu", i);
		functions[nr].name = names[nr];
	}
	assert_int_equal(b2c_function_ids(fixture->path, functions, nr), 0);
	for (i = 0; i < nr; i++) {
		assert_int_equal(functions[i].id, fixture->ids[i * 97]);
		assert_int_equal(functions[i].nr_arguments, i * 97 % 7);
	}
	free(functions);
	free(names);
}

/* A name that is none, one of another kind, a part of one, and one of two functions. */
static void test_not_found(void **state)
{
	const struct fixture *fixture = *state;
	struct b2c_function_id functions[] = {
		{ .name = "no_such" }, { .name = "pair" }, { .name = "function_with_a_longer" },
		{ .name = "twice" },   { .name = "function_with_a_longer_name_1" },
	};
	size_t i;

	assert_int_equal(b2c_function_ids(fixture->path, functions, 5), 0);
	for (i = 0; i < 4; i++)
		assert_int_equal(functions[i].id, 0);
	assert_int_equal(functions[4].id, fixture->ids[1]);
}

static void test_no_btf(void **state)
{
	struct b2c_function_id function = { .name = "read" };

	(void)state;
	assert_int_equal(b2c_function_ids("/nonexistent", &function, 1), -ENOENT);
	assert_int_equal(b2c_function_ids("/proc/self/exe", &function, 1), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_found),
		cmocka_unit_test(test_not_found),
		cmocka_unit_test(test_no_btf),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
