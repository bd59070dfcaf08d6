// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Names of user_demangle.c, and the lists of JITs of user_perf_map.c. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../runtime/user_demangle.h"
#include "../../runtime/user_perf_map.h"

/* ---- names ---- */

static void expect_name(const char *symbol, const char *want)
{
	struct b2c_text text = { 0 };

	b2c_text_puts(&text, "<");
	b2c_demangle(&text, symbol);
	assert_string_equal(b2c_text_string(&text) + 1, want);
	b2c_text_free(&text);
}

static void names_are_demangled(void **state)
{
	(void)state;
	expect_name("read", "read");
	expect_name("_Z", "_Z");
	expect_name("_Zqq", "_Zqq");
	expect_name("_ZNSt6vectorIiSaIiEE9push_backERKi",
		    "std::vector<int, std::allocator<int> >::push_back(int const&)");
	expect_name("_ZN4core3fmt5write17h0123456789abcdefE", "core::fmt::write");
	expect_name("_ZN60_$LT$alloc..string..String$u20$as$u20$core..fmt..Display$GT$3fmt"
		    "17h0123456789abcdefE",
		    "<alloc::string::String as core::fmt::Display>::fmt");
	expect_name("_ZN3std2rt10lang_start28_$u7b$$u7b$closure$u7d$$u7d$17h0123456789abcdefE",
		    "std::rt::lang_start::{{closure}}");
	/* no character that can be seen, no hash */
	expect_name("_ZN1a16$u1b$$u7f$$u7e$x17h0123456789abcdefE", "a::$u1b$$u7f$$u7e$x");
	expect_name("_ZN4core3fmt5write17h0123456789abcdegE",
		    "core::fmt::write::h0123456789abcdeg");
}

/* The form that Rust's compiler may choose: `-C symbol-mangling-version=v0`. */
static void new_names_of_rust(void **state)
{
	(void)state;
	expect_name("_R", "_R");
	expect_name("_RNvC5hello", "_RNvC5hello");
	expect_name("_Rust_is_a_word", "_Rust_is_a_word");
	expect_name("_RNvCskwGfYPst2Cb_3foo16example_function", "foo::example_function");
	expect_name("_RNvMsr_NtCs3ssYzQotkvD_3std4pathNtB5_7PathBuf3newCs15kBYyAo9fc_7mycrate",
		    "<std::path::PathBuf>::new");
	expect_name("_RINvNtC3std3mem8align_ofjdE", "std::mem::align_of::<usize, f64>");
	expect_name("_RNCINkXs25_NgCsbmNqQUJIY6D_4core5sliceINyB9_4IterhENuNgNoBb_4iter8iterator8"
		    "Iterator9rpositionNCNgNpB9_6memchr7memrchrs_0E0Bb_",
		    "<core::slice::Iter<u8> as core::iter::iterator::Iterator>::rposition::"
		    "<core::slice::memchr::memrchr::{closure#1}>::{closure#0}");
	expect_name("_RNqCs4fqI2P2rA04_11utf8_identsu30____7hkackfecea1cbdathfdh9hlq6y",
		    u8"utf8_idents::\u10e1\u10d0\u10ed\u10db\u10d4\u10da\u10d0\u10d3_"
		    u8"\u10d2\u10d4\u10db\u10e0\u10d8\u10d4\u10da\u10d8_"
		    u8"\u10e1\u10d0\u10d3\u10d8\u10da\u10d8");
}

/* Symbols that stand for endless names, nest without end, or are cut off. */
static void hostile_names(void **state)
{
	static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	char deep[1 << 16], bomb[1024] = "_Z1f", *end = bomb + 4;
	size_t i;

	(void)state;
	end += snprintf(end, 16, "FvvEFvS_S_E");
	for (i = 0; i < 28; i++) /* each doubles the name */
		end += snprintf(end, 16, "FvS%c_S%c_E", digits[i], digits[i]);
	expect_name(bomb, bomb);
	for (i = 1; i < 60; i++) {
		char part[64];

		snprintf(part, sizeof(part), "%.*s", (int)i, "_ZNSt6vectorIiSaIiEE9push_backERKi");
		b2c_demangle(&(struct b2c_text){ .failed = true }, part);
	}
	memset(deep, 'P', sizeof(deep));
	memcpy(deep, "_Z1f", 4);
	deep[sizeof(deep) - 1] = '\0';
	expect_name(deep, deep);
	deep[1000] = '\0';
	expect_name(deep, deep);
}

/* A reference to a place of a symbol of Rust's: its number by base 62, after "B". */
static void add_reference(struct b2c_text *text, size_t place)
{
	static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz"
				     "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

	place--; /* 0 is the second one */
	b2c_text_puts(text, "B");
	if (place >= 62)
		b2c_text_add(text, &digits[place / 62], 1);
	b2c_text_add(text, &digits[place % 62], 1);
	b2c_text_puts(text, "_");
}

/* Each tuple has the one before it twice. */
static void doubled_tuples(struct b2c_text *text, int levels)
{
	size_t last = strlen("INvC1a1b"), place;

	b2c_text_puts(text, "_RINvC1a1bTyyE");
	while (levels--) {
		place = text->size - strlen("_R");
		b2c_text_puts(text, "T");
		add_reference(text, last);
		add_reference(text, last);
		b2c_text_puts(text, "E");
		last = place;
	}
	b2c_text_puts(text, "EC1a");
}

static void hostile_names_of_rust(void **state)
{
	struct b2c_text bomb = { 0 };
	char deep[1024];
	size_t i;

	(void)state;
	doubled_tuples(&bomb, 1);
	expect_name(b2c_text_string(&bomb), "a::b::<(u64, u64), ((u64, u64), (u64, u64))>");
	b2c_text_clear(&bomb);
	doubled_tuples(&bomb, 60);
	for (i = 0; i < 2000; i++)
		expect_name(b2c_text_string(&bomb), b2c_text_string(&bomb));
	for (i = bomb.size; i-- > 1;) {
		bomb.data[i] = '\0';
		b2c_demangle(&(struct b2c_text){ .failed = true }, bomb.data);
	}
	b2c_text_free(&bomb);
	memset(deep, 'R', sizeof(deep)); /* references to references */
	memcpy(deep, "_RINvC1a1b", 10);
	deep[sizeof(deep) - 1] = '\0';
	expect_name(deep, deep);
	/* those of C++ and of Rust's older form are told as before */
	expect_name("_ZN4core3fmt5write17h0123456789abcdefE", "core::fmt::write");
}

/* ---- what JITs list ---- */

static void expect_jitted(const struct b2c_perf_map *map, uint64_t address, const char *want,
			  uint64_t offset)
{
	uint64_t found = 0;
	const char *name = b2c_perf_map_find(map, address, &found);

	if (!want) {
		assert_null(name);
		return;
	}
	assert_non_null(name);
	assert_string_equal(name, want);
	assert_int_equal(found, offset);
}

static void lists_of_jits(void **state)
{
	static const char list[] = "1000 100 first\n"
				   "0x2000 0x10 with blanks (in it)\r\n"
				   "3000 0 empty\n"
				   "ffffffffffffff00 200 beyond the end\n"
				   "\n zz\n4000\n5000 10\n5000 10 \n-1 10 x\n"
				   "1080 20 later\n"
				   "6000 10 no end of line";
	int fd = memfd_create("list", MFD_CLOEXEC);
	struct b2c_perf_map map = { 0 };
	char long_line[9000];

	(void)state;
	assert_int_equal(write(fd, list, strlen(list)), strlen(list));
	assert_int_equal(b2c_perf_map_read(&map, fd), 0);
	expect_jitted(&map, 0x1000, NULL, 0); /* its place was used again */
	expect_jitted(&map, 0x1085, "later", 5);
	expect_jitted(&map, 0x10a0, NULL, 0);
	expect_jitted(&map, 0x200f, "with blanks (in it)", 15);
	expect_jitted(&map, 0x2010, NULL, 0);
	expect_jitted(&map, 0x3000, NULL, 0);
	expect_jitted(&map, 0x6000, "no end of line", 0);
	expect_jitted(&map, 0, NULL, 0);
	expect_jitted(&map, UINT64_MAX, NULL, 0);
	memset(long_line, 'a', sizeof(long_line));
	memcpy(long_line, "7000 10 ", 8);
	assert_int_equal(ftruncate(fd, 0), 0);
	assert_int_equal(pwrite(fd, long_line, sizeof(long_line), 0), sizeof(long_line));
	assert_int_equal(b2c_perf_map_read(&map, fd), 0);
	assert_int_equal(map.nr, 1);
	assert_int_equal(strlen(map.names.data), 4095 - 8);
	b2c_perf_map_free(&map);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_demangled),
		cmocka_unit_test(new_names_of_rust),
		cmocka_unit_test(hostile_names),
		cmocka_unit_test(hostile_names_of_rust),
		cmocka_unit_test(lists_of_jits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
