// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* runtime/kernel_symbols.c and symbol_text.c: lists in the form of kallsyms, and their text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../runtime/run.h"
#include "../../runtime/symbols.h"

static char path[] = "/tmp/runtime_symbols_XXXXXX";

static int read_text(const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fputs(text, f) < 0, 0);
	assert_int_equal(fclose(f), 0);
	return b2c_kernel_symbols_read(path);
}

/* What is printed for an address. */
static void expect(uint64_t address, unsigned int parts, const char *want)
{
	struct b2c_text text = { 0 };
	struct b2c_symbol symbol;

	b2c_kernel_symbol(address, &symbol);
	b2c_symbol_text(&text, &symbol, parts);
	assert_string_equal(b2c_text_string(&text), want);
	b2c_text_free(&text);
}

#define BOTH (B2C_SYMBOL_OFFSET | B2C_SYMBOL_MODULE)

static const char list[] = "0000000000000000 A fixed_percpu_data\n"
			   "ffffffff81000000 T _stext\n"
			   "ffffffff81000000 T _text\n"
			   "ffffffff81001000 t do_one\n"
			   "ffffffff81001100 D some_data\n"
			   "ffffffff81002000 W weak_one\n"
			   "ffffffffc0102000 t second\t[mod_b]\n"
			   "ffffffffc0101000 t first_of_b\t[mod_b]\n"
			   "ffffffffc0001000 t first_of_a\t[mod_a]\n"
			   "ffffffffa0000000 t bpf_prog_6deef7357e7b4530_trace\t[bpf]\n"
			   "ffffa00012340000 t far_away\t[mod_c]\n";

static void names_offsets_and_modules(void **state)
{
	(void)state;
	assert_int_equal(read_text(list), 0);
	expect(0xffffffff81001000, 0, "do_one");
	expect(0xffffffff81001fff, B2C_SYMBOL_OFFSET, "do_one+0xfff");
	expect(0xffffffff81002000, BOTH, "weak_one+0x0 [kernel]");
	expect(0xffffffffc0101010, BOTH, "first_of_b+0x10 [mod_b]");
	expect(0xffffffffc0102000, B2C_SYMBOL_MODULE, "second [mod_b]");
	expect(0xffffffffc0001001, BOTH, "first_of_a+0x1 [mod_a]");
	expect(0xffffffffa0000004, BOTH, "bpf_prog_6deef7357e7b4530_trace+0x4 [bpf]");
	expect(0xffffa00012340008, BOTH, "far_away+0x8 [mod_c]");
}

static void names_as_strings(void **state)
{
	(void)state;
	assert_int_equal(read_text(list), 0);
	assert_string_equal(kernel_symbol_at(0xffffffffc0101010, 0), "first_of_b");
	assert_string_equal(kernel_symbol_at(0xffffffffc0101010, BOTH), "first_of_b+0x10 [mod_b]");
	assert_string_equal(kernel_symbol_at(0x1000, BOTH), "[unknown]");
}

static void the_first_of_several_at_one_address(void **state)
{
	(void)state;
	assert_int_equal(read_text(list), 0);
	expect(0xffffffff81000000, 0, "_stext");
	expect(0xffffffff81000010, B2C_SYMBOL_OFFSET, "_stext+0x10");
}

static void addresses_of_nothing(void **state)
{
	struct b2c_symbol symbol;

	(void)state;
	assert_int_equal(read_text(list), 0);
	expect(0, BOTH, "[unknown]");
	expect(0x1000, 0, "[unknown]");
	expect(0xffffffff80ffffff, BOTH, "[unknown]");
	expect(0xffffffff81102000, 0, "weak_one"); /* 1 MiB on */
	expect(0xffffffff81102001, 0, "[unknown]");
	expect(UINT64_MAX, 0, "[unknown]");
	assert_false(b2c_kernel_symbol(0x1234, &symbol));
	assert_int_equal(symbol.offset, 0x1234);
}

static void hidden_and_damaged_lists(void **state)
{
	(void)state;
	assert_int_equal(read_text("0000000000000000 T _stext\n0000000000000000 t a\n"), -EPERM);
	expect(0xffffffff81001000, BOTH, "[unknown]");
	assert_int_equal(read_text(""), -ENODATA);
	assert_int_equal(read_text("\n\n \n T x\nzz T y\n12345678\nffffffff81000000 T"), -ENODATA);
	assert_int_equal(b2c_kernel_symbols_read("/no/such/file"), -ENOENT);
	/* names as they are, without end of line, of any bytes */
	assert_int_equal(read_text("ffffffff81000000 t \x1b[2J"), 0);
	expect(0xffffffff81000000, BOTH, "\x1b[2J+0x0 [kernel]");
	assert_int_equal(read_text("ffffffff81000000 t x\t[unclosed\n"), 0);
	expect(0xffffffff81000000, BOTH, "x+0x0 [unclosed]");
}

static void modules_are_shown_by_their_file(void **state)
{
	struct b2c_symbol symbol = { .module = "/usr/lib/libc.so.6", .offset = 0x1234 };
	struct b2c_text text = { 0 };

	(void)state;
	b2c_symbol_text(&text, &symbol, 0);
	b2c_text_puts(&text, ";");
	b2c_symbol_text(&text, &symbol, B2C_SYMBOL_MODULE);
	b2c_text_puts(&text, ";");
	b2c_symbol_text(&text, &symbol, BOTH);
	b2c_text_puts(&text, ";");
	symbol.name = "read";
	b2c_symbol_text(&text, &symbol, BOTH);
	assert_string_equal(b2c_text_string(&text),
			    "[unknown];[unknown] [libc.so.6];[unknown] [libc.so.6+0x1234];"
			    "read+0x1234 [libc.so.6]");
	b2c_text_free(&text);
}

static int make_file(void **state)
{
	(void)state;
	return close(mkstemp(path));
}

static int remove_file(void **state)
{
	(void)state;
	b2c_kernel_symbols_free();
	return unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_offsets_and_modules),
		cmocka_unit_test(names_as_strings),
		cmocka_unit_test(the_first_of_several_at_one_address),
		cmocka_unit_test(addresses_of_nothing),
		cmocka_unit_test(hidden_and_damaged_lists),
		cmocka_unit_test(modules_are_shown_by_their_file),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
