// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Layout of stacks: lines, the folded line, values of JSON and CSV; frames left out and turned. */
/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../runtime/run.h"
#include "../../runtime/stack_parts.h"

struct key {
	int32_t kernel, other;
	char name[4]; /* without NUL */
};

static const struct b2c_side lines_sides[] = {
	{ .key = "kernel", .indent = "  ", .address = -6, .skip = 1, .reversed = true },
	{ .key = "other", .indent = "\t", .skip = 9 },
};

static const struct b2c_side fold_sides[] = { { .key = "kernel" } };

static void lines(const void *key_data, const void *value, struct b2c_layout *layout)
{
	const struct key *key = key_data;

	(void)value;
	if (key->kernel == -12)
		return;
	b2c_lay_text(layout, NULL, key->name, sizeof(key->name));
	b2c_lay_stack(layout, &lines_sides[0], key->kernel, 0);
	b2c_lay_line(layout, "--");
	b2c_lay_stack(layout, &lines_sides[1], key->other, 0);
}

static void fold(const void *key_data, const void *value, struct b2c_layout *layout)
{
	const struct key *key = key_data;

	(void)value;
	if (key->kernel == -12)
		return;
	b2c_lay_text(layout, "name", key->name, sizeof(key->name));
	b2c_lay_stack(layout, &fold_sides[0], key->kernel, 0);
}

static const struct b2c_column columns[] = { { .key = "name" }, { .key = "kernel" } };
static const struct b2c_stacks stacks = {
	.lines = lines,
	.fold = fold,
	.columns = columns,
	.nr_columns = 2,
};
static const struct b2c_tool tool = { .name = "test" };
static struct b2c_run run = { .tool = &tool };
static const struct key full = { .kernel = 3, .other = 4, .name = { 'n', 'a', 'm', 'e' } };
static const struct key gone = { .kernel = -12 };

/* Addresses that no symbol has. */
static uint64_t addresses[] = { 0x10, 0x20, 0x30 };
static struct b2c_frames sides[2];

static void laid(unsigned int form, const struct key *key, const char *wanted)
{
	struct b2c_stack_printer printer = { .run = &run, .stacks = &stacks, .form = form };
	struct b2c_stack_sample sample = {
		.sides = sides,
		.nr_sides = 2,
		.key = key,
		.stack.count = 5,
	};

	sides[0] = (struct b2c_frames){ .id = 3, .addresses = addresses, .nr = 3 };
	sides[1] = (struct b2c_frames){ .id = 4, .addresses = addresses, .nr = 3 };
	b2c_layout_text(&printer, &sample);
	assert_string_equal(b2c_text_string(&printer.text), wanted);
	b2c_text_free(&printer.text);
	b2c_text_free(&printer.name);
}

static void cells(const struct key *key, int64_t id, bool is_shown, const char *wanted)
{
	struct b2c_text texts[2] = { 0 };
	struct b2c_stack_printer printer = { .run = &run, .stacks = &stacks, .cells = texts };
	struct b2c_stack_sample sample = { .sides = sides, .nr_sides = 1, .key = key };

	sides[0] = (struct b2c_frames){ .id = id, .addresses = addresses, .nr = id < 0 ? 0 : 2 };
	assert_int_equal(b2c_layout_cells(&printer, &sample), is_shown);
	assert_string_equal(b2c_text_string(&texts[0]), is_shown && run.settings.json ? "\"name\""
							: is_shown		      ? "name"
										      : "");
	assert_string_equal(b2c_text_string(&texts[1]), wanted);
	b2c_text_free(&texts[0]);
	b2c_text_free(&texts[1]);
	b2c_text_free(&printer.name);
}

static void test_lines(void **state)
{
	(void)state;
	laid(0, &full, "name\n  30     [unknown]\n  20     [unknown]\n--\n");
	laid(0, &gone, "");
}

static void test_folded(void **state)
{
	(void)state;
	laid(B2C_STACKS_FOLDED, &full, "name;[unknown];[unknown];[unknown] 5\n");
	laid(B2C_STACKS_FOLDED | B2C_STACKS_ANNOTATED, &full,
	     "name;[unknown]_[k];[unknown]_[k];[unknown]_[k] 5\n");
	laid(B2C_STACKS_FOLDED, &gone, "");
}

static void test_cells(void **state)
{
	(void)state;
	run.settings.json = true;
	cells(&full, 3, true, "[\"0x10\",\"0x20\"]");
	cells(&full, -14, true, "null");
	cells(&gone, 3, false, "");
	run.settings.json = false;
	run.settings.csv = true;
	cells(&full, 3, true, "[unknown];[unknown]");
	cells(&gone, 3, false, "");
	run.settings.csv = false;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_folded),
		cmocka_unit_test(test_cells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
