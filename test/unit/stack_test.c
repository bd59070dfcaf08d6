// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Which variables leave the stack: stack.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stack.h"

#define NR(items) (sizeof(items) / sizeof((items)[0]))

static const struct b2c_local reader[] = {
	{ "f", "large", 600 }, { "g", "event", 300 }, { "f", "small", 40 }, { "f", "n", 8 },
};
static const struct b2c_local writer[] = { { "h", "path", 520 }, { "g", "event", 300 } };

static struct b2c_object object_of(const struct b2c_stack_use *uses, size_t nr)
{
	return (struct b2c_object){ .stack_uses = uses, .nr_stack_uses = nr };
}

static void test_largest_first(void **state)
{
	struct b2c_stack_use uses[] = { { "f", 960, reader, NR(reader) } };
	struct b2c_object object = object_of(uses, 1);
	struct b2c_scratch_list list = { 0 };
	struct b2c_arena *arena = arena_new();

	(void)state;
	assert_true(stack_choose(&object, 512, arena, &list));
	assert_int_equal(list.nr, 1);
	assert_string_equal(list.items[0].name, "large");
	arena_free(arena);
}

/* What was chosen before and is still there can't be moved: the next one goes. */
static void test_next_round(void **state)
{
	struct b2c_stack_use uses[] = { { "f", 960, reader, NR(reader) } };
	struct b2c_object object = object_of(uses, 1);
	struct b2c_scratch_list list = { 0 };
	struct b2c_arena *arena = arena_new();

	(void)state;
	assert_true(stack_choose(&object, 512, arena, &list));
	assert_true(stack_choose(&object, 512, arena, &list));
	assert_int_equal(list.nr, 3);
	assert_string_equal(list.items[1].name, "event");
	assert_string_equal(list.items[2].name, "small");
	assert_false(stack_choose(&object, 512, arena, &list));
	arena_free(arena);
}

/* A variable that two programs have is chosen once, and counts for both. */
static void test_shared(void **state)
{
	struct b2c_stack_use uses[] = {
		{ "f", 960, reader, NR(reader) },
		{ "h", 840, writer, NR(writer) },
	};
	struct b2c_object object = object_of(uses, 2);
	struct b2c_scratch_list list = { 0 };
	struct b2c_arena *arena = arena_new();

	(void)state;
	assert_true(stack_choose(&object, 320, arena, &list));
	assert_int_equal(list.nr, 3);
	assert_string_equal(list.items[0].name, "large");
	assert_string_equal(list.items[1].name, "event");
	assert_string_equal(list.items[2].name, "path");
	arena_free(arena);
}

static void test_enough(void **state)
{
	struct b2c_stack_use uses[] = { { "f", 512, reader, NR(reader) } };
	struct b2c_object object = object_of(uses, 1);
	struct b2c_scratch_list list = { 0 };
	struct b2c_arena *arena = arena_new();

	(void)state;
	assert_false(stack_choose(&object, 512, arena, &list));
	assert_int_equal(list.nr, 0);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_largest_first),
		cmocka_unit_test(test_next_round),
		cmocka_unit_test(test_shared),
		cmocka_unit_test(test_enough),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
