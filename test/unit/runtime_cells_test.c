// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Cells of b2c/print.h that need more than the value: times, names, sizes, bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <bpf/btf.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../../runtime/id_names.h"
#include "../../runtime/kernel_enums.h"
#include "../../runtime/run.h"
#include "../../runtime/times.h"

#define NS_PER_S 1000000000ULL

static const struct b2c_tool tool = { .name = "test" };
static struct b2c_run run;
static struct b2c_row row;

static void begin(const struct b2c_column *columns, size_t nr, bool json)
{
	run = (struct b2c_run){ .tool = &tool, .settings.json = json };
	b2c_row_init(&row, &run, NULL, columns, nr);
	b2c_row_begin(&row);
}

static void expect(const char *line)
{
	assert_string_equal(b2c_text_string(&row.line), line);
	b2c_row_free(&row);
}

/* ---- names ---- */

static const struct b2c_name modes[] = {
	{ 0, "NONE" }, { 0x3, "BOTH" }, { 0x1, "READ" }, { 0x2, "WRITE" }, { 1ULL << 63, "TOP" },
	{ -1, "ALL" },
};

static const struct b2c_column by_modes[] = {
	{ .key = "a", .names = modes, .nr_names = B2C_SIZE(modes) },
	{ .key = "b", .names = modes, .nr_names = B2C_SIZE(modes) },
	{ .key = "c", .names = modes, .nr_names = B2C_SIZE(modes) },
	{ .key = "d", .names = modes, .nr_names = B2C_SIZE(modes) },
	{ .key = "e", .names = modes, .nr_names = B2C_SIZE(modes) },
};

static void flags(void **state)
{
	(void)state;
	begin(by_modes, B2C_SIZE(by_modes), false);
	b2c_put_flags(&row, 0);
	b2c_put_flags(&row, 1);
	b2c_put_flags(&row, 0x3);
	b2c_put_flags(&row, 0x46);
	b2c_put_flags(&row, 1ULL << 63 | 2 | 1ULL << 62);
	expect("NONE READ BOTH WRITE|0x44 WRITE|TOP|0x4000000000000000");
	begin(by_modes, B2C_SIZE(by_modes), true);
	b2c_put_flags(&row, 0x5);
	b2c_put_flags(&row, 0x8);
	expect("{\"a\":\"READ|0x4\",\"b\":\"0x8\"");
	begin(NULL, 0, false); /* no names at all */
	b2c_put_flags(&row, 0);
	b2c_put_flags(&row, 10);
	expect("0 0xa");
}

static void enums(void **state)
{
	(void)state;
	begin(by_modes, B2C_SIZE(by_modes), false);
	b2c_put_enum(&row, 2);
	b2c_put_enum(&row, 0);
	b2c_put_enum(&row, 4);
	b2c_put_enum(&row, -1);
	b2c_put_enum(&row, -2);
	expect("WRITE NONE 4 ALL -2");
	begin(by_modes, B2C_SIZE(by_modes), true);
	b2c_put_enum(&row, 1);
	b2c_put_enum(&row, 7);
	expect("{\"a\":\"READ\",\"b\":7");
}

static const struct b2c_column unnamed[] = {
	{ .key = "a", .names = modes, .nr_names = 1, .unnamed = "mode %d (0x%x), 100%%" },
	{ .key = "b", .names = modes, .nr_names = 1, .unnamed = "" },
	{ .key = "c", .names = modes, .nr_names = 3, .unnamed = "bits %x" },
	{ .key = "d", .names = modes + 1, .nr_names = 2, .unnamed = "" },
	{ .key = "e", .unnamed = "?" },
	{ .key = "f", .unnamed = "signal %d", .precision = 7 },
};

static void put_unnamed(void)
{
	b2c_put_enum(&row, 17);
	b2c_put_enum(&row, 17);
	b2c_put_flags(&row, 0x41);
	b2c_put_flags(&row, 0x41);
	b2c_put_errno(&row, 4000);
	b2c_put_signal(&row, 99);
}

/* Data has the number. */
static void numbers_without_names(void **state)
{
	static const struct b2c_name nothing = { 0, "" };
	static const struct b2c_column empty = { .names = &nothing, .nr_names = 1, .unnamed = "" };

	(void)state;
	begin(unnamed, B2C_SIZE(unnamed), false);
	put_unnamed();
	expect("mode 17 (0x11), 100%  READ|bits 40 READ ? signal ");
	begin(unnamed, B2C_SIZE(unnamed), true);
	put_unnamed();
	expect("{\"a\":17,\"b\":17,\"c\":\"READ|0x40\",\"d\":\"READ|0x40\",\"e\":4000,\"f\":99");
	begin(&empty, 1, false);
	b2c_put_flags(&row, 0);
	expect("");
	begin(&empty, 1, false);
	b2c_put_flags(&row, 8);
	expect("");
}

/* A file of raw BTF with enums between types of every size. */
static int btf_file(void)
{
	struct btf *btf = btf__new_empty();
	FILE *file = tmpfile();
	const void *data;
	uint32_t size;
	int i, fd;

	assert_non_null(btf);
	assert_non_null(file);
	btf__add_int(btf, "int", 4, BTF_INT_SIGNED);
	btf__add_struct(btf, "record", 4 * 2000); /* longer than what is read at once */
	for (i = 0; i < 2000; i++)
		btf__add_field(btf, "state_of", 1, (uint32_t)i * 32, 0);
	btf__add_array(btf, 1, 1, 3);
	btf__add_func_proto(btf, 1);
	btf__add_func_param(btf, "state", 1);
	btf__add_enum(btf, "state", 4);
	btf__add_enum_value(btf, "TCP_CLOSE", 7);
	btf__add_enum_value(btf, "OTHER", 0xffffffff);
	btf__add_enum_value(btf, "TCP_", 9);
	btf__add_var(btf, "v", BTF_VAR_STATIC, 1);
	btf__add_decl_tag(btf, "tag", 2, -1);
	btf__add_enum64(btf, "wide", 8, true);
	btf__add_enum64_value(btf, "TCP_FAR", (uint64_t)-5);
	btf__add_enum(btf, NULL, 4);
	btf__add_enum_value(btf, "LONE", 1);
	data = btf__raw_data(btf, &size);
	assert_int_equal(fwrite(data, 1, size, file), size);
	fflush(file);
	fd = dup(fileno(file));
	fclose(file);
	btf__free(btf);
	return fd;
}

/* "NAME=NUMBER ..." of an enum, or the error. */
static const char *enum_text(int fd, const char *name, const char *prefix)
{
	const struct b2c_column column = { .kernel_enum = name, .prefix = prefix };
	static char text[256];
	struct b2c_name *names;
	size_t i, nr, at = 0;
	int err = b2c_enum_read(fd, &column, &names, &nr);

	snprintf(text, sizeof(text), "%d", err);
	for (i = 0; i < nr; i++)
		at += (size_t)snprintf(text + at, sizeof(text) - at, "%s=%lld ", names[i].name,
				       (long long)names[i].number);
	b2c_enum_free(names, nr);
	return text;
}

static void kernel_enums(void **state)
{
	int fd = btf_file(), empty = open("/dev/null", O_RDONLY);

	(void)state;
	assert_string_equal(enum_text(fd, "state", NULL), "TCP_CLOSE=7 OTHER=4294967295 TCP_=9 ");
	assert_string_equal(enum_text(fd, "state", "TCP_"), "CLOSE=7 OTHER=4294967295 TCP_=9 ");
	assert_string_equal(enum_text(fd, "wide", "TCP_"), "FAR=-5 ");
	assert_string_equal(enum_text(fd, "OTHER", "TCP_"), "CLOSE=7 OTHER=4294967295 TCP_=9 ");
	assert_string_equal(enum_text(fd, "LONE", NULL), "LONE=1 ");
	assert_string_equal(enum_text(fd, "stat", NULL), "-2");	  /* no such string */
	assert_string_equal(enum_text(fd, "record", NULL), "-2"); /* no enum */
	assert_string_equal(enum_text(empty, "state", NULL), "-22");
	assert_int_equal(ftruncate(fd, 24 + 4000), 0); /* a damaged file */
	assert_int_equal(*enum_text(fd, "state", NULL), '-');
	close(fd);
	close(empty);
}

static void syscalls(void **state)
{
	(void)state;
	begin(NULL, 0, false);
#ifdef __x86_64__
	b2c_put_syscall(&row, 0);
	b2c_put_syscall(&row, 257);
#else
	b2c_put_syscall(&row, 63);
	b2c_put_syscall(&row, 56);
#endif
	b2c_put_syscall(&row, 451);
	b2c_put_syscall(&row, 400); /* between the two ranges: nobody's */
	b2c_put_syscall(&row, -1);
	b2c_put_syscall(&row, INT64_MAX);
	expect("read openat cachestat 400 -1 9223372036854775807");
}

static void users(void **state)
{
	(void)state;
	begin(NULL, 0, false);
	b2c_put_user(&row, 0);
	b2c_put_user(&row, 4294967294);
	expect("root 4294967294");
}

/* ---- looking numbers up ---- */

static int nr_reads;

static void read_some(struct b2c_id_names *names)
{
	nr_reads++;
	b2c_id_name_add(names, 7, "seven");
	b2c_id_name_add(names, 3, "three");
	b2c_id_name_add(names, 7, "other"); /* the first counts */
	if (nr_reads > 1)
		b2c_id_name_add(names, 5, "five");
	if (nr_reads > 1)
		b2c_id_name_add(names, 3, "drei");
}

static void names_by_number(void **state)
{
	struct b2c_id_names names = { .read = read_some };

	(void)state;
	assert_string_equal(b2c_id_name(&names, 7), "seven");
	assert_string_equal(b2c_id_name(&names, 3), "three");
	assert_int_equal(nr_reads, 1);
	assert_int_equal(names.nr, 2);
	names.last = time(NULL); /* read a moment ago */
	assert_null(b2c_id_name(&names, 5));
	names.last = 0;
	assert_string_equal(b2c_id_name(&names, 5), "five");
	assert_string_equal(b2c_id_name(&names, 3), "drei");
	assert_string_equal(b2c_id_name(&names, 7), "other");
	assert_int_equal(nr_reads, 2);
	assert_int_equal(names.nr, 3);
	while (names.nr)
		free(names.items[--names.nr].name);
	free(names.items);
}

/* ---- sizes and memory ---- */

static void sizes(void **state)
{
	static const struct b2c_column columns[] = {
		{ .precision = 2 },
		{ .precision = B2C_NO_DECIMALS },
		{ .precision = 1 },
	};

	(void)state;
	begin(NULL, 0, false);
	b2c_put_bytes(&row, 0);
	b2c_put_bytes(&row, 1023);
	b2c_put_bytes(&row, 1024);
	b2c_put_bytes(&row, 1536);
	b2c_put_bytes(&row, 1048575); /* 1024.0K when rounded */
	b2c_put_bytes(&row, 5LL << 30);
	b2c_put_bytes(&row, INT64_MAX);
	b2c_put_bytes(&row, -2048);
	b2c_put_bytes(&row, INT64_MIN);
	expect("0 1023 1.0K 1.5K 1.0M 5.0G 8.0E -2.0K -8.0E");
	begin(columns, B2C_SIZE(columns), false);
	b2c_put_bytes(&row, 1300);
	b2c_put_bytes(&row, 1300);
	b2c_put_bytes(&row, 1048524);
	expect("1.27K 1K 1023.9K");
	begin(NULL, 0, true);
	b2c_put_bytes(&row, 1536);
	expect("{\"column1\":1536");
}

static void memory(void **state)
{
	const char text[] = "a\0b\x1b[2J\xff\"";
	const uint8_t bytes[] = { 0xde, 0xad, 0x00, 0x0f };

	(void)state;
	assert_int_equal(b2c_at_most(-1, 10), 0);
	assert_int_equal(b2c_at_most(0, 10), 0);
	assert_int_equal(b2c_at_most(9, 10), 9);
	assert_int_equal(b2c_at_most(INT64_MAX, 10), 10);
	begin(NULL, 0, false);
	b2c_put_chars(&row, text, sizeof(text) - 1);
	b2c_put_hexdump(&row, bytes, sizeof(bytes));
	b2c_put_chars(&row, text, 0);
	b2c_put_hexdump(&row, bytes, 0);
	b2c_put_hexdump(&row, bytes, 1);
	expect("a\\x00b\\x1b[2J\\xff\" de ad 00 0f   de");
	begin(NULL, 0, true);
	b2c_put_chars(&row, text, sizeof(text) - 1);
	b2c_put_hexdump(&row, bytes, sizeof(bytes));
	expect("{\"column1\":\"a\\u0000b\\u001b[2J\\\\xff\\\"\",\"column2\":\"dead000f\"");
	begin(NULL, 0, false);
	row.csv = true;
	b2c_put_chars(&row, "a,\"b", 4);
	b2c_put_hexdump(&row, bytes, sizeof(bytes));
	expect("\"a,\"\"b\",dead000f");
}

/* ---- times ---- */

static void expect_time(const char *format, time_t seconds, long ns, const char *wanted)
{
	struct b2c_time time = { .ns = ns };
	char text[256];
	size_t n;

	gmtime_r(&seconds, &time.tm);
	n = b2c_format_time(text, sizeof(text), format, &time);
	assert_int_equal(n, strlen(wanted));
	text[n] = '\0';
	assert_string_equal(text, wanted);
}

static void formats(void **state)
{
	(void)state;
	expect_time("%H:%M:%S", 0, 0, "00:00:00");
	expect_time("%Y-%m-%d %H:%M:%S.%3N", 1700000000, 7000000, "2023-11-14 22:13:20.007");
	expect_time("%S.%f %S.%N %1N%%N", 59, 123456789, "59.123456 59.123456789 1%N");
	expect_time("", 0, 0, "");
	expect_time("%", 0, 0, "%");
}

static uint64_t monotonic_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * NS_PER_S + (uint64_t)now.tv_nsec;
}

static void wall_clock(void **state)
{
	uint64_t now = monotonic_now();
	int64_t real = b2c_realtime_ns(now), again;
	static const struct b2c_column column = { .key = "t", .format = "%Y %z" };
	char wanted[64];
	time_t seconds = time(NULL);

	(void)state;
	assert_true(llabs(real / (int64_t)NS_PER_S - (int64_t)seconds) <= 1);
	again = b2c_realtime_ns(now - NS_PER_S / 2);
	assert_int_equal(real - again, NS_PER_S / 2); /* one offset: differences are exact */
	begin(&column, 1, false);
	b2c_put_time(&row, now);
	strftime(wanted, sizeof(wanted), "%Y %z", localtime(&seconds));
	expect(wanted);
	begin(&column, 1, true);
	b2c_put_time(&row, now);
	strftime(wanted, sizeof(wanted), "{\"t\":\"%Y-%m-%dT%H:", gmtime(&seconds));
	assert_memory_equal(b2c_text_string(&row.line), wanted, strlen(wanted));
	assert_int_equal(row.line.size, strlen("{\"t\":\"2026-11-21T18:53:44.123456789Z\""));
	b2c_row_free(&row);
	begin(&column, 1, false);
	b2c_put_time(&row, UINT64_MAX); /* garbage must not overflow */
	b2c_put_time(&row, 1ULL << 63);
	b2c_row_free(&row);
}

static void deltas(void **state)
{
	static const struct b2c_column columns[] = {
		{ .precision = 3, .key = "a" },
		{ .precision = B2C_NO_DECIMALS, .key = "b" },
	};

	(void)state;
	begin(columns, B2C_SIZE(columns), false);
	b2c_put_delta(&row, 5 * NS_PER_S);
	b2c_put_delta(&row, 9 * NS_PER_S);
	b2c_put_delta(&row, 9 * NS_PER_S); /* no column, no memory */
	assert_string_equal(b2c_text_string(&row.line), "0.000 0 0");
	b2c_row_begin(&row);
	b2c_put_delta(&row, 5 * NS_PER_S + 1500000);
	b2c_put_delta(&row, 7 * NS_PER_S); /* out of order */
	assert_string_equal(b2c_text_string(&row.line), "0.002 -2");
	b2c_row_free(&row);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(flags),	   cmocka_unit_test(enums),
		cmocka_unit_test(numbers_without_names),
		cmocka_unit_test(kernel_enums),    cmocka_unit_test(syscalls),
		cmocka_unit_test(users),	   cmocka_unit_test(names_by_number),
		cmocka_unit_test(sizes),	   cmocka_unit_test(memory),
		cmocka_unit_test(formats),	   cmocka_unit_test(wall_clock),
		cmocka_unit_test(deltas),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
