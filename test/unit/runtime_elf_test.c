// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* runtime/elf_symbol.h: finding programs, libraries and their functions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../runtime/elf_symbol.h"
#include "../../runtime/elf_usdt.h"

int probe_me(int n);

/* Not inlined and not dropped, so that the file of this test has it. */
__attribute__((noinline)) int probe_me(int n)
{
	return n + 1;
}

static void names_become_paths(void **state)
{
	char path[PATH_MAX], tiny[4];

	(void)state;
	assert_int_equal(b2c_elf_find("sh", path, sizeof(path)), 0);
	assert_non_null(strstr(path, "/sh"));
	assert_int_equal(b2c_elf_find("libc.so.6", path, sizeof(path)), 0);
	assert_non_null(strstr(path, "/libc.so.6"));
	assert_int_equal(b2c_elf_find("c", path, sizeof(path)), 0);
	assert_non_null(strstr(path, "/libc.so.6"));
	assert_int_equal(b2c_elf_find("/proc/self/exe", path, sizeof(path)), 0);
	assert_string_equal(path, "/proc/self/exe");
	assert_int_equal(b2c_elf_find("libnothing.so.1", path, sizeof(path)), -ENOENT);
	assert_int_equal(b2c_elf_find("/no/such/file", path, sizeof(path)), -ENOENT);
	assert_int_equal(b2c_elf_find("lib*.so", path, sizeof(path)), -ENOENT);
	assert_int_equal(b2c_elf_find("libc.so.6", tiny, sizeof(tiny)), -ENAMETOOLONG);
	assert_int_equal(b2c_elf_find("c", tiny, sizeof(tiny)), -ENAMETOOLONG);
	assert_int_equal(b2c_elf_find("", path, sizeof(path)), -ENOENT);
}

/* The bytes at the offset are those of the function in memory. */
static void offset_is_that_of_the_code(void **state)
{
	uint8_t code[16];
	uint64_t offset = 0;
	FILE *f = fopen("/proc/self/exe", "rb");

	(void)state;
	assert_non_null(f);
	assert_int_equal(b2c_elf_symbol("/proc/self/exe", "probe_me", &offset), 0);
	assert_int_equal(fseek(f, (long)offset, SEEK_SET), 0);
	assert_int_equal(fread(code, 1, sizeof(code), f), sizeof(code));
	fclose(f);
	assert_memory_equal(code, (const void *)(uintptr_t)probe_me, 4);
	assert_int_equal(probe_me(1), 2);
}

static void failures_differ(void **state)
{
	char libc[PATH_MAX];
	uint64_t offset;

	(void)state;
	assert_int_equal(b2c_elf_find("libc.so.6", libc, sizeof(libc)), 0);
	assert_int_equal(b2c_elf_symbol(libc, "getaddrinfo", &offset), 0);
	assert_int_equal(b2c_elf_symbol(libc, "no_such_function", &offset), -ENOENT);
	assert_int_equal(b2c_elf_symbol(libc, "strlen", &offset), -ENOTSUP);
	assert_int_equal(b2c_elf_symbol("/etc/passwd", "main", &offset), -ENOEXEC);
	assert_int_equal(b2c_elf_symbol("/dev/null", "main", &offset), -ENOEXEC);
	assert_int_equal(b2c_elf_symbol("/no/such/file", "main", &offset), -ENOENT);
}

/* A USDT note as <sys/sdt.h> writes it; `tail` is its text after the provider. */
#define NOTE(provider, tail)                                  \
	__asm__(".pushsection .note.stapsdt, \"\", \"note\"\n" \
		".balign 4\n"                                  \
		".4byte 8, 994f - 993f, 3\n"                   \
		".asciz \"stapsdt\"\n"                         \
		"993: .8byte 0, 0, 0\n"                        \
		".asciz \"" provider "\"\n" tail "\n"           \
		"994: .balign 4\n"                             \
		".popsection")

NOTE("one", ".asciz \"start\"\n.asciz \"-4@%eax\"");
NOTE("one", ".asciz \"start\"\n.asciz \"8@%rbx\"");
NOTE("two", ".asciz \"done\"\n.asciz \"\"");
NOTE("broken", ".ascii \"with no end\"");

static void probes_are_found_once(void **state)
{
	struct b2c_elf_usdts usdts = { 0 };

	(void)state;
	assert_int_equal(b2c_elf_usdts("/proc/self/exe", &usdts), 0);
	assert_int_equal(usdts.nr, 2);
	assert_string_equal(usdts.items[0].provider, "one");
	assert_string_equal(usdts.items[0].name, "start");
	assert_string_equal(usdts.items[1].provider, "two");
	assert_string_equal(usdts.items[1].name, "done");
	assert_int_equal(b2c_elf_usdts("/etc/passwd", &usdts), -ENOEXEC);
	assert_int_equal(b2c_elf_usdts("/no/such/file", &usdts), -ENOENT);
	assert_int_equal(usdts.nr, 2);
	b2c_elf_usdts_free(&usdts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_become_paths),
		cmocka_unit_test(offset_is_that_of_the_code),
		cmocka_unit_test(failures_differ),
		cmocka_unit_test(probes_are_found_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
