// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The command line of a tool: good ones, wrong ones and hostile ones. */
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

static struct {
	bool failed;
	bool quick;
	int32_t level;
	uint32_t size;
	int64_t offset;
	uint64_t wide;
	uint32_t pid;
	char name[8];
} opt;

static const struct b2c_option options[] = {
	{ .name = "failed", .letter = 'x', .type = B2C_OPTION_FLAG, .value = &opt.failed },
	{ .name = "quick", .letter = 'v', .type = B2C_OPTION_FLAG, .value = &opt.quick },
	{ .name = "level", .letter = 'l', .type = B2C_OPTION_S32, .value = &opt.level },
	{ .name = "size", .type = B2C_OPTION_U32, .value = &opt.size },
	{ .name = "size-offset", .type = B2C_OPTION_S64, .value = &opt.offset },
	{ .name = "wide", .type = B2C_OPTION_U64, .value = &opt.wide },
	{ .name = "pid", .letter = 'p', .type = B2C_OPTION_PID, .value = &opt.pid },
	{ .name = "name",
	  .letter = 'n',
	  .type = B2C_OPTION_STRING,
	  .value = opt.name,
	  .size = sizeof(opt.name) },
};

static const struct b2c_tool tool = {
	.name = "test",
	.options = options,
	.nr_options = B2C_SIZE(options),
	.arguments = "interval count",
	.sizes_maps = true,
	.prometheus = &b2c_prometheus,
};

static const struct b2c_tool bare = { .name = "test" };

/* Words behind the options that are options, and options that every tool has. */
static uint32_t every, last = 99;

static const struct b2c_option own_options[] = {
	{ .name = "size", .type = B2C_OPTION_U32, .value = &opt.size },
	{ .name = "pid", .type = B2C_OPTION_PID, .value = &opt.pid },
	{ .name = "name", .type = B2C_OPTION_STRING, .value = opt.name, .size = sizeof(opt.name) },
	{ .name = "every",
	  .letter = 'i',
	  .type = B2C_OPTION_U32,
	  .value = &every,
	  .sets = B2C_SETS_INTERVAL },
	{ .name = "duration",
	  .letter = 'd',
	  .type = B2C_OPTION_U32,
	  .value = &last,
	  .sets = B2C_SETS_DURATION },
};

static const struct b2c_tool by_position = {
	.name = "test",
	.options = own_options,
	.nr_options = B2C_SIZE(own_options),
	.arguments = "pid size duration name",
};

static const struct b2c_tool *tested = &tool;

static struct b2c_run run;
static char message[512]; /* what was written to stderr */

/* Parses a NULL-terminated list of arguments after the tool's name. */
static int parse(const char *first, ...)
{
	char *argv[16] = { "test", (char *)first };
	int argc = first ? 2 : 1, saved = dup(STDERR_FILENO), fds[2], err;
	va_list args;
	ssize_t n;

	va_start(args, first);
	while (first && argc < 15 && (argv[argc] = va_arg(args, char *)))
		argc++;
	va_end(args);
	memset(&opt, 0, sizeof(opt));
	run = (struct b2c_run){ .tool = tested, .settings.ready_fd = -1 };
	assert_int_equal(pipe(fds), 0);
	dup2(fds[1], STDERR_FILENO);
	err = b2c_options_parse(&run, argc, argv);
	dup2(saved, STDERR_FILENO);
	close(saved);
	close(fds[1]);
	n = read(fds[0], message, sizeof(message) - 1);
	message[n > 0 ? n : 0] = '\0';
	close(fds[0]);
	return err;
}

static void good_ones(void **state)
{
	(void)state;
	assert_int_equal(parse(NULL), 0);
	assert_int_equal(parse("-x", "--level=-5", "--size", "0x10", "-p12", NULL), 0);
	assert_true(opt.failed);
	assert_int_equal(opt.level, -5);
	assert_int_equal(opt.size, 16);
	assert_int_equal(opt.pid, 12);
	assert_int_equal(parse("-xvl", "3", "--wide", "18446744073709551615", NULL), 0);
	assert_true(opt.failed && opt.quick && opt.level == 3 && opt.wide == UINT64_MAX);
	assert_false(run.settings.verbose); /* the tool took -v for itself */
	assert_int_equal(parse("--verb", "--json", "-n", "", NULL), 0);
	assert_true(run.settings.verbose && run.settings.json);
	assert_int_equal(parse("--name", "--", "5", "--", "2", NULL), 0);
	assert_string_equal(opt.name, "--");
	assert_int_equal(run.settings.interval, 5);
	assert_int_equal(run.settings.count, 2);
	assert_int_equal(parse("--size-offset=-9223372036854775808", NULL), 0);
	assert_true(opt.offset == INT64_MIN);
	assert_int_equal(parse("--prometheus", "5", NULL), 0);
	assert_true(run.settings.prometheus == -1 && run.settings.interval == 5);
	assert_int_equal(parse("--prom=65535", NULL), 0);
	assert_int_equal(run.settings.prometheus, 65535);
	assert_int_equal(parse("--csv", "--duration=3", NULL), 0);
	assert_true(run.settings.csv && run.settings.duration == 3);
	assert_string_equal(message, "");
}

static void words_add_up(void **state)
{
	(void)state;
	assert_int_equal(parse("--map", "a=1", "--map=b=2", "3", NULL), 0);
	assert_int_equal(run.settings.map_sizes.nr, 2);
	assert_string_equal(run.settings.map_sizes.words[0], "a=1");
	assert_string_equal(run.settings.map_sizes.words[1], "b=2");
	free(run.settings.map_sizes.words);
}

/* Built-in options are there for tools for which they mean something. */
static void built_ins_mean_something(void **state)
{
	struct b2c_option options[B2C_NR_BUILT_INS];
	struct b2c_run other = { .tool = &bare };
	size_t nr = b2c_built_in_options(&other, options), i;

	(void)state;
	for (i = 0; i < nr; i++)
		assert_true(strcmp(options[i].name, "map") &&
			    strcmp(options[i].name, "fail-on-loss") &&
			    strcmp(options[i].name, "prometheus"));
	assert_int_equal(b2c_built_in_options(&run, options), nr + 2);
	assert_int_equal(parse("--fail-on-loss", NULL), -EINVAL);
	assert_string_equal(message, "test: unknown option '--fail-on-loss' (see --help)\n");
}

static void check_wrong(const char *first, const char *second, const char *expected)
{
	assert_int_equal(parse(first, second, NULL), -EINVAL);
	assert_string_equal(message, expected);
}

static void wrong_ones(void **state)
{
	(void)state;
	check_wrong("--pid", "x", "test: option '--pid' needs a number, not 'x'\n");
	check_wrong("-p0", NULL, "test: option '--pid' needs a process id, not '0'\n");
	check_wrong("-p99999999999999999999", NULL,
		    "test: option '--pid' needs a process id, not '99999999999999999999'\n");
	check_wrong("-l", "2147483648",
		    "test: option '--level' needs a number of 32 bits, not '2147483648'\n");
	check_wrong("--size=-1", NULL,
		    "test: option '--size' needs a number that is not negative, not '-1'\n");
	check_wrong("--size=4294967296", NULL,
		    "test: option '--size' needs a number below 2^32, not '4294967296'\n");
	check_wrong("--wide=1e3", NULL, "test: option '--wide' needs a number, not '1e3'\n");
	check_wrong("-n12345678", NULL, "test: option '--name' takes at most 7 bytes\n");
	check_wrong("--pid", NULL, "test: option '--pid' needs a value\n");
	check_wrong("--failed=1", NULL, "test: option '--failed' takes no value\n");
	check_wrong("--nope", NULL, "test: unknown option '--nope' (see --help)\n");
	check_wrong("--siz=1", NULL, "test: unknown option '--siz' (see --help)\n");
	check_wrong("--csv", "--json", "test: options '--json' and '--csv' exclude each other\n");
	check_wrong("--duration", "-1",
		    "test: option '--duration' needs a number that is not negative, not '-1'\n");
	check_wrong("--prometheus=0", NULL,
		    "test: option '--prometheus' needs a port from 1 to 65535, not '0'\n");
	check_wrong("--prometheus=65536", NULL,
		    "test: option '--prometheus' needs a port from 1 to 65535, not '65536'\n");
	check_wrong("--prometheus=1", "--csv",
		    "test: options '--prometheus' and '--csv' exclude each other\n");
	check_wrong("-xq", NULL, "test: unknown option '-q' (see --help)\n");
	check_wrong("0", NULL, "test: the interval in seconds needs a number from 1, not '0'\n");
	check_wrong("1", "two", "test: the count of intervals needs a number from 1, not 'two'\n");
	assert_int_equal(parse("1", "2", "3", NULL), -EINVAL);
	assert_string_equal(message, "test: unexpected argument '3' (see --help)\n");
	assert_int_equal(parse("--ready-fd=77", NULL), -EBADF);
}

static void hostile_ones(void **state)
{
	(void)state;
	check_wrong("--\x1b[2J", NULL, "test: unknown option '--\\x1b[2J' (see --help)\n");
	check_wrong("-\xff", NULL, "test: unknown option '-\\xff' (see --help)\n");
	check_wrong("--=", NULL, "test: unknown option '--' (see --help)\n");
	check_wrong("", NULL, "test: the interval in seconds needs a number from 1, not ''\n");
	check_wrong("-", NULL, "test: the interval in seconds needs a number from 1, not '-'\n");
	assert_int_equal(b2c_options_parse(&run, 0, (char *[]){ NULL }), 0);
}

static void options_by_position(void **state)
{
	(void)state;
	tested = &by_position;
	assert_int_equal(parse(NULL), 0);
	assert_int_equal(run.settings.duration, 99); /* its default */
	assert_int_equal(parse("7", "-i", "3", "0x10", "5", "text", NULL), 0);
	assert_true(opt.pid == 7 && opt.size == 16 && !strcmp(opt.name, "text"));
	assert_true(run.settings.interval == 3 && every == 3);
	assert_true(run.settings.duration == 5 && last == 5 && !run.settings.count);
	assert_int_equal(parse("7", "--pid", "8", "-d4", NULL), 0);
	assert_true(opt.pid == 8 && run.settings.duration == 4);
	check_wrong("0", NULL, "test: argument 'pid' needs a process id, not '0'\n");
	check_wrong("1", "x", "test: argument 'size' needs a number, not 'x'\n");
	check_wrong("1", "--size=x", "test: option '--size' needs a number, not 'x'\n");
	assert_int_equal(parse("1", "2", "3", "12345678", NULL), -EINVAL);
	assert_string_equal(message, "test: argument 'name' takes at most 7 bytes\n");
	assert_int_equal(parse("1", "2", "3", "4", "5", NULL), -EINVAL);
	assert_string_equal(message, "test: unexpected argument '5' (see --help)\n");
	tested = &tool;
}

/* --prometheus is for tools with maps. */
static void without_maps(void **state)
{
	static const struct b2c_tool plain = { .name = "test" };
	char *argv[] = { "test", "--prometheus", NULL };
	struct b2c_run other = { .tool = &plain, .settings.ready_fd = -1 };

	(void)state;
	assert_int_equal(b2c_options_parse(&other, 2, argv), -EINVAL);
	assert_int_equal(other.settings.prometheus, 0);
}

static const char *help_of(const struct b2c_tool *with)
{
	struct b2c_option built_ins[B2C_NR_BUILT_INS];
	int saved = dup(STDOUT_FILENO), fds[2];
	static char text[4096];
	size_t nr;
	ssize_t n;

	fflush(stdout);
	assert_int_equal(pipe(fds), 0);
	dup2(fds[1], STDOUT_FILENO);
	run.tool = with;
	nr = b2c_built_in_options(&run, built_ins);
	b2c_print_help(with, built_ins, nr);
	run.tool = &tool;
	fflush(stdout);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	close(fds[1]);
	n = read(fds[0], text, sizeof(text) - 1);
	text[n] = '\0';
	close(fds[0]);
	return text;
}

/* --help has the keys of all rows, in lines that fit. */
static void help_has_the_keys(void **state)
{
	static const struct b2c_tool with_rows = {
		.name = "test",
		.rows = "counts: pid, count\n"
			"events: aaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbb, cccccccccccccccc, "
			"dddddddddddddd, eeeeee, ffffffffff",
	};
	const char *text = help_of(&with_rows);

	(void)state;
	assert_non_null(strstr(text, "Usage: test [options]\n"));
	assert_non_null(strstr(text, "      --duration SECONDS  end after"));
	assert_null(strstr(text, "--prometheus"));
	assert_non_null(strstr(text, "\nKeys of --json and --csv:\n"
				     "  counts: pid, count\n"
				     "  events: aaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbb, "
				     "cccccccccccccccc, dddddddddddddd,\n"
				     "      eeeeee, ffffffffff\n"));
}

static void help_has_the_arguments(void **state)
{
	const char *text = help_of(&tool);

	(void)state;
	assert_non_null(strstr(text, "Usage: test [options] [interval [count]]\n"));
	assert_non_null(strstr(text, "\nWith an interval, "));
	text = help_of(&by_position);
	assert_non_null(strstr(text, " [options] [pid [size [duration [name]]]]\n"));
	assert_non_null(strstr(text, "\nWith an interval, "));
	assert_non_null(strstr(text, "  -i, --every SECONDS"));
	assert_non_null(strstr(text, "  -d, --duration SECONDS"));
	assert_null(strstr(text, "end after so many seconds"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_ones),
		cmocka_unit_test(words_add_up),
		cmocka_unit_test(built_ins_mean_something),
		cmocka_unit_test(wrong_ones),
		cmocka_unit_test(hostile_ones),
		cmocka_unit_test(options_by_position),
		cmocka_unit_test(without_maps),
		cmocka_unit_test(help_has_the_arguments),
		cmocka_unit_test(help_has_the_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
