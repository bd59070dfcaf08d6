// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* b2c_find_member() of runtime/include/b2c/facts.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <bpf/btf.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../runtime/btf.h"

/* A file with struct request { int q; struct { int within; }; } and union both { int left; }. */
static void write_btf(char *path)
{
	struct btf *btf = btf__new_empty();
	int number = btf__add_int(btf, "int", 4, BTF_INT_SIGNED);
	int inner = btf__add_struct(btf, NULL, 4), fd = mkstemp(path);
	const void *data;
	uint32_t size;

	btf__add_field(btf, "within", number, 0, 0);
	btf__add_struct(btf, "request", 8);
	btf__add_field(btf, "q", number, 0, 0);
	btf__add_field(btf, NULL, inner, 32, 0);
	btf__add_union(btf, "both", 4);
	btf__add_field(btf, "left", number, 0, 0);
	data = btf__raw_data(btf, &size);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, data, size), size);
	close(fd);
	btf__free(btf);
}

static uint32_t find(struct b2c_run *run, const char *name)
{
	uint32_t is_there = 7;

	b2c_find_member(run, name, &is_there);
	return is_there;
}

static void members_are_found(void **state)
{
	char path[] = "/tmp/b2c-member-XXXXXX";
	struct b2c_run *run = calloc(1, sizeof(*run));

	(void)state;
	write_btf(path);
	snprintf(run->settings.btf, sizeof(run->settings.btf), "%s", path);
	assert_int_equal(find(run, "request.q"), 1);
	assert_int_equal(find(run, "request.within"), 0);
	assert_int_equal(find(run, "request.rq_disk"), 0);
	assert_int_equal(find(run, "both.left"), 1);
	assert_int_equal(find(run, "nothing.q"), 0);
	assert_int_equal(run->err, 0);
	unlink(path);
	assert_int_equal(find(run, "request.q"), 1); /* it was read once */
	b2c_btf_release(run);
	free(run);
}

static void no_btf_is_an_error(void **state)
{
	struct b2c_run *run = calloc(1, sizeof(*run));
	const struct b2c_tool tool = { .name = "t" };

	(void)state;
	run->tool = &tool;
	snprintf(run->settings.btf, sizeof(run->settings.btf), "/nowhere/btf");
	assert_int_equal(find(run, "request.q"), 7);
	assert_int_equal(run->err, -ENOENT);
	b2c_btf_release(run);
	free(run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_are_found),
		cmocka_unit_test(no_btf_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
