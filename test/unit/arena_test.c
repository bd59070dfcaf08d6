// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* arena.h: alignment, zeroes, strings, and the growth of arrays. */
#include "capture.h"

static void alloc_is_zeroed_and_aligned(void **state)
{
	struct b2c_arena *arena = arena_new();
	size_t size, i;

	(void)state;
	for (size = 0; size < 300; size++) {
		unsigned char *memory = arena_alloc(arena, size);

		assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
		for (i = 0; i < size; i++)
			assert_int_equal(memory[i], 0);
		memset(memory, 0xff, size);
	}
	arena_free(arena);
}

static void alloc_larger_than_a_block(void **state)
{
	struct b2c_arena *arena = arena_new();
	size_t size = (size_t)5 << 20;
	char *large, *small = arena_alloc(arena, 8);

	(void)state;
	large = arena_alloc(arena, size);
	memset(large, 1, size);
	assert_int_equal(small[0], 0);
	assert_int_equal(((char *)arena_alloc(arena, 1))[0], 0);
	arena_free(arena);
}

static void strings_are_copies(void **state)
{
	struct b2c_arena *arena = arena_new();
	char word[] = "kprobe";
	char *copy = arena_strdup(arena, word);

	(void)state;
	word[0] = 'x';
	assert_string_equal(copy, "kprobe");
	assert_string_equal(arena_strndup(arena, "tracepoint", 5), "trace");
	assert_string_equal(arena_strndup(arena, "", 0), "");
	assert_string_equal(arena_printf(arena, "%s:%d", "a", 7), "a:7");
	assert_int_equal(strlen(arena_printf(arena, "%100000s", "")), 100000);
	arena_free(arena);
}

/* Room is the next power of two, so the array moves at 0, 1, 2, 4, 8, ... only. */
static void grow_moves_at_powers_of_two(void **state)
{
	struct b2c_arena *arena = arena_new();
	int *items = NULL, *last = NULL;
	size_t nr = 0;

	(void)state;
	while (nr < 5000) {
		bool power = !(nr & (nr - 1));
		int item = (int)nr;

		*arena_append(arena, items, nr) = item;
		if (power)
			assert_ptr_not_equal(items, last);
		else
			assert_ptr_equal(items, last);
		last = items;
	}
	while (nr--)
		assert_int_equal(items[nr], nr);
	arena_free(arena);
}

static void grow_of_two_arrays_in_turn(void **state)
{
	struct b2c_arena *arena = arena_new();
	uint64_t *a = NULL, *b = NULL;
	size_t nr_a = 0, nr_b = 0, i;

	(void)state;
	for (i = 0; i < 1000; i++) {
		*arena_append(arena, a, nr_a) = i;
		*arena_append(arena, b, nr_b) = ~(uint64_t)i;
	}
	for (i = 0; i < 1000; i++) {
		assert_int_equal(a[i], i);
		assert_true(b[i] == ~(uint64_t)i);
	}
	arena_free(arena);
}

static void free_of_nothing(void **state)
{
	(void)state;
	arena_free(NULL);
	arena_free(arena_new());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(alloc_is_zeroed_and_aligned),
		cmocka_unit_test(alloc_larger_than_a_block),
		cmocka_unit_test(strings_are_copies),
		cmocka_unit_test(grow_moves_at_powers_of_two),
		cmocka_unit_test(grow_of_two_arrays_in_turn),
		cmocka_unit_test(free_of_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
