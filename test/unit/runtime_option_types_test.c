// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Options with a meaning: what each text becomes, what is refused, lists and their defaults. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "../../runtime/run.h"

static const char *const words[] = { "read", "write-only", NULL };
static union {
	char bytes[64];
	uint16_t half;
	uint32_t word;
	uint64_t wide;
	double number;
} value;
static struct {
	uint16_t ports[4];
	uint32_t nr_ports;
	char names[2][8];
	uint32_t nr_names;
	char path[32];
	uint32_t dev, rdev;
	uint64_t ino;
} opt;

static const struct b2c_option options[] = {
	{ .name = "ports", .type = B2C_OPTION_VALUE, .read = &b2c_read_port, .value = opt.ports,
	  .size = sizeof(opt.ports[0]), .nr = &opt.nr_ports, .room = 4, .initial = "80,443" },
	{ .name = "names", .type = B2C_OPTION_STRING, .value = opt.names,
	  .size = sizeof(opt.names[0]), .nr = &opt.nr_names, .room = 2 },
	{ .name = "path", .type = B2C_OPTION_VALUE, .read = &b2c_read_path, .value = opt.path,
	  .size = sizeof(opt.path), .path = { &opt.dev, &opt.rdev, &opt.ino } },
};
static const struct b2c_tool tool = {
	.name = "test", .options = options, .nr_options = B2C_SIZE(options),
};
static struct b2c_run run = { .tool = &tool, .settings.ready_fd = -1 };

static int silently(int (*call)(void *arg), void *arg)
{
	int saved = dup(STDERR_FILENO), null = open("/dev/null", O_WRONLY), err;

	dup2(null, STDERR_FILENO);
	err = call(arg);
	dup2(saved, STDERR_FILENO);
	close(saved);
	close(null);
	return err;
}

struct one {
	const struct b2c_option_read *read;
	const char *text;
	uint64_t bytes[3]; /* of the value, host byte order */
};

static int read_one(void *arg)
{
	const struct one *one = arg;
	struct b2c_option option = { .name = "x", .read = one->read, .value = &value,
				     .size = sizeof(value), .choices = words };

	memset(&value, 0, sizeof(value));
	return one->read->read(&run, &option, one->text);
}

/* Bytes are written down as a machine with the lowest first has them. */
static const struct one good[] = {
	{ &b2c_read_port, "0", { 0 } },
	{ &b2c_read_port, "65535", { 0xffff } },
	{ &b2c_read_ip4, "10.1.2.3", { 0x0302010a } },
	{ &b2c_read_ip6, "::1", { 0, 1ULL << 56 } },
	{ &b2c_read_net4, "10.1.2.3/12", { 0x0000000a00000000 | 12, 0 } },
	{ &b2c_read_net4, "10.255.2.3/12", { 0x0000f00a00000000 | 12, 0 } },
	{ &b2c_read_net4, "1.2.3.4", { 0x0403020100000000 | 32, 0 } },
	{ &b2c_read_net4, "1.2.3.4/0", { 0 } },
	{ &b2c_read_net6, "ff00:ff::/9", { 0x000000ff00000009, 0 } },
	{ &b2c_read_comm, "bash", { 0x68736162 } },
	{ &b2c_read_comm, "123456789012345", { 0x3837363534333231, 0x0035343332313039 } },
	{ &b2c_read_signal, "TERM", { 15 } },
	{ &b2c_read_signal, "SIGKILL", { 9 } },
	{ &b2c_read_signal, "sigusr1", { 10 } },
	{ &b2c_read_signal, "64", { 64 } },
	{ &b2c_read_user, "0", { 0 } },
	{ &b2c_read_user, "root", { 0 } },
	{ &b2c_read_user, "4294967294", { 4294967294 } },
	{ &b2c_read_duration, "3", { 3000000000 } },
	{ &b2c_read_duration, "10ms", { 10000000 } },
	{ &b2c_read_duration, "1.5us", { 1500 } },
	{ &b2c_read_duration, "2h", { 7200000000000 } },
	{ &b2c_read_duration, "18446744073709551615ns", { UINT64_MAX } },
	{ &b2c_read_bytes, "4k", { 4096 } },
	{ &b2c_read_bytes, "1.5M", { 1572864 } },
	{ &b2c_read_choice, "read", { 0 } },
	{ &b2c_read_choice, "write-only", { 1 } },
};

static const struct one bad[] = {
	{ &b2c_read_port, "65536", { 0 } },	  { &b2c_read_port, "-1", { 0 } },
	{ &b2c_read_port, "", { 0 } },		  { &b2c_read_port, "80x", { 0 } },
	{ &b2c_read_ip4, "1.2.3", { 0 } },	  { &b2c_read_ip4, "::1", { 0 } },
	{ &b2c_read_ip6, "1.2.3.4", { 0 } },	  { &b2c_read_net4, "1.2.3.4/33", { 0 } },
	{ &b2c_read_net4, "1.2.3.4/", { 0 } },	  { &b2c_read_net4, "1.2.3.4/-1", { 0 } },
	{ &b2c_read_net6, "::/129", { 0 } },	  { &b2c_read_comm, "1234567890123456", { 0 } },
	{ &b2c_read_signal, "0", { 0 } },	  { &b2c_read_signal, "65", { 0 } },
	{ &b2c_read_signal, "NOPE", { 0 } },	  { &b2c_read_signal, "9x", { 0 } },
	{ &b2c_read_user, "4294967295", { 0 } },  { &b2c_read_user, "", { 0 } },
	{ &b2c_read_user, "roo", { 0 } },	  { &b2c_read_duration, "", { 0 } },
	{ &b2c_read_duration, "ms", { 0 } },	  { &b2c_read_duration, "-1s", { 0 } },
	{ &b2c_read_duration, "1.2.3s", { 0 } },  { &b2c_read_duration, "1 s", { 0 } },
	{ &b2c_read_duration, "18446744074", { 0 } }, { &b2c_read_bytes, "1b", { 0 } },
	{ &b2c_read_bytes, "16777216T", { 0 } },  { &b2c_read_float, "x", { 0 } },
	{ &b2c_read_float, "inf", { 0 } },	  { &b2c_read_choice, "writ", { 0 } },
	{ &b2c_read_cgroup, "/", { 0 } },	  { &b2c_read_cgroup, "/nonesuch", { 0 } },
};

static void test_good(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < B2C_SIZE(good); i++) {
		if (read_one((void *)&good[i]))
			fail_msg("'%s' is refused", good[i].text);
		if (memcmp(value.bytes, good[i].bytes, sizeof(good[i].bytes)) != 0)
			fail_msg("'%s' becomes %#llx", good[i].text,
				 (unsigned long long)value.wide);
	}
	assert_int_equal(read_one(&(struct one){ &b2c_read_float, "-1.25e3", { 0 } }), 0);
	assert_true(value.number == -1250);
	assert_int_equal(read_one(&(struct one){ &b2c_read_cgroup, "77", { 0 } }), 0);
	assert_int_equal(value.wide, 77);
	assert_int_equal(*(uint32_t *)(value.bytes + 8), B2C_NO_LEVEL);
}

static void test_bad(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < B2C_SIZE(bad); i++)
		if (!silently(read_one, (void *)&bad[i]))
			fail_msg("'%s' is taken", bad[i].text);
}

static int parse(void *arg)
{
	char **argv = arg;
	int argc = 0;

	while (argv[argc])
		argc++;
	memset(&opt, 0, sizeof(opt));
	return b2c_options_parse(&run, argc, argv);
}

static void test_lists(void **state)
{
	(void)state;
	assert_int_equal(parse((char *[]){ "test", NULL }), 0);
	assert_int_equal(opt.nr_ports, 2);
	assert_int_equal(opt.ports[0], 80);
	assert_int_equal(opt.ports[1], 443);
	assert_int_equal(opt.nr_names, 0);
	/* the first takes the default's place, the others are added */
	assert_int_equal(parse((char *[]){ "test", "--ports", "1,2,3", "--ports=4", "--names",
					   "a,bcdefgh", NULL }), 0);
	assert_int_equal(opt.nr_ports, 4);
	assert_int_equal(opt.ports[0], 1);
	assert_int_equal(opt.ports[3], 4);
	assert_string_equal(opt.names[0], "a");
	assert_string_equal(opt.names[1], "bcdefgh");
	assert_int_not_equal(silently(parse, (char *[]){ "test", "--ports=1,2,3,4,5", NULL }), 0);
	assert_int_not_equal(silently(parse, (char *[]){ "test", "--ports=1,,2", NULL }), 0);
	assert_int_not_equal(silently(parse, (char *[]){ "test", "--names=abcdefgh", NULL }), 0);
}

static void test_path(void **state)
{
	char long_path[] = "/tmp/././././././././././././././././.";
	struct stat status;

	(void)state;
	assert_int_equal(stat("/dev/null", &status), 0);
	assert_int_equal(parse((char *[]){ "test", "--path", "/dev/null", NULL }), 0);
	assert_string_equal(opt.path, "/dev/null");
	assert_int_equal(opt.rdev, 1 << 20 | 3);
	assert_int_equal(opt.dev, major(status.st_dev) << 20 | minor(status.st_dev));
	assert_int_equal(opt.ino, status.st_ino);
	assert_int_not_equal(silently(parse, (char *[]){ "test", "--path=/nonesuch", NULL }), 0);
	opt.path[0] = '\0';
	assert_int_not_equal(silently(parse, (char *[]){ "test", "--path", long_path, NULL }), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
