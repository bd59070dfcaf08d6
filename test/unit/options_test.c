// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* options.h: commands, defaults, and one line for every mistake. */
#include "options.h"

#include <errno.h>
#include <unistd.h>

#include "capture.h"

#define MAX_ARGS 32

/* Parses "build a.c -v": words are separated by single spaces. */
static int parse(const char *line, struct b2c_command *ret_command)
{
	static char words[512];
	char *argv[MAX_ARGS + 1] = { (char *)"bcc2core" }, *rest = words, *word;
	int argc = 1;

	snprintf(words, sizeof(words), "%s", line);
	while (argc < MAX_ARGS && (word = strsep(&rest, " ")))
		if (*word)
			argv[argc++] = word;
	return options_parse(argc, argv, ret_command);
}

static void expect_error(const char *line, const char *message)
{
	struct b2c_command command;

	assert_int_equal(parse(line, &command), -EINVAL);
	assert_non_null(command.error);
	assert_string_equal(command.error, message);
	assert_null(strchr(command.error, '\n'));
	options_free(&command);
}

static void all_options(void **state)
{
	struct b2c_command c;

	(void)state;
	assert_int_equal(parse("emit dir/tool.c -m x.yaml -o out --arch arm64 -D A -D B=1 -DC= "
			       "-I inc --btf f --dump=plan --passes=a,b --reverse-passes -v "
			       "--standalone", &c), 0);
	assert_int_equal(c.id, B2C_COMMAND_EMIT);
	assert_string_equal(c.source, "dir/tool.c");
	assert_string_equal(c.manifest, "x.yaml");
	assert_string_equal(c.output, "out");
	assert_true(c.output_given);
	assert_string_equal(c.arch, "arm64");
	assert_int_equal(c.nr_defines, 3);
	assert_string_equal(c.defines[0], "A");
	assert_string_equal(c.defines[1], "B=1");
	assert_string_equal(c.defines[2], "C=");
	assert_int_equal(c.nr_include_dirs, 1);
	assert_string_equal(c.include_dirs[0], "inc");
	assert_string_equal(c.btf, "f");
	assert_int_equal(c.dump, B2C_DUMP_PLAN);
	assert_string_equal(c.passes, "a,b");
	assert_true(c.reverse_passes && c.verbose && c.standalone);
	options_free(&c);
}

static void defaults(void **state)
{
	struct b2c_command c;

	(void)state;
	assert_int_equal(parse("build dir/run.queue.c", &c), 0);
	assert_int_equal(c.id, B2C_COMMAND_BUILD);
	assert_string_equal(c.output, "run.queue");
	assert_false(c.output_given);
	assert_null(c.manifest);
	assert_null(c.passes);
	assert_non_null(c.arch);
	assert_int_equal(c.dump, B2C_DUMP_NONE);
	options_free(&c);
	assert_int_equal(parse("check a.c", &c), 0);
	assert_null(c.output);
	options_free(&c);
	assert_int_equal(parse("object a.c --dump unit", &c), 0);
	assert_null(c.output);
	assert_int_equal(c.dump, B2C_DUMP_UNIT);
	options_free(&c);
}

/* TOOL.yaml beside TOOL.c is the manifest, unless another or none is wanted. */
static void manifest_beside_source(void **state)
{
	char dir[] = "/tmp/options_test.XXXXXX", path[64], line[128];
	struct b2c_command c;
	FILE *f;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/t.yaml", dir);
	f = fopen(path, "w");
	assert_non_null(f);
	fclose(f);
	snprintf(line, sizeof(line), "check %s/t.c", dir);
	assert_int_equal(parse(line, &c), 0);
	assert_string_equal(c.manifest, path);
	options_free(&c);
	snprintf(line, sizeof(line), "check %s/t.c -m other", dir);
	assert_int_equal(parse(line, &c), 0);
	assert_string_equal(c.manifest, "other");
	options_free(&c);
	snprintf(line, sizeof(line), "check --no-manifest %s/t.c", dir);
	assert_int_equal(parse(line, &c), 0);
	assert_null(c.manifest);
	options_free(&c);
	unlink(path);
	rmdir(dir);
}

static void wrong_commands(void **state)
{
	(void)state;
	expect_error("", "no command: see 'bcc2core --help'");
	expect_error("biuld a.c", "unknown command 'biuld': did you mean 'build'?");
	expect_error("frobnicate", "unknown command 'frobnicate': see 'bcc2core --help'");
	expect_error("a.c", "no command: try 'bcc2core build a.c'");
	expect_error("import", "'import' needs a script: bcc2core import SCRIPT -o DIR");
	expect_error("--verison", "unknown option '--verison': did you mean '--version'?");
	expect_error("-x", "unknown option '-x': see 'bcc2core --help'");
}

static void wrong_options(void **state)
{
	(void)state;
	expect_error("build a.c --otuput x", "unknown option '--otuput': did you mean '--output'?");
	expect_error("build a.c --frobnicate=1",
		     "unknown option '--frobnicate': see 'bcc2core --help'");
	expect_error("build a.c -vx", "unknown option '-x': see 'bcc2core --help'");
	expect_error("build a.c -o", "'-o' needs an argument: PATH");
	expect_error("build a.c --dump", "'--dump' needs an argument: WHAT");
	expect_error("build a.c --standalone=1", "'--standalone' takes no argument: leave it out");
	expect_error("build a.c --standalone",
		     "'build' takes no '--standalone': see 'bcc2core build --help'");
	expect_error("check a.c -o x", "'check' takes no '--output': see 'bcc2core check --help'");
	expect_error("build a.c --arch mips", "unknown architecture 'mips': it is x86_64 or arm64");
	expect_error("build a.c --dump=plans",
		     "nothing to dump is called 'plans': it is unit, manifest, plan or provenance");
	expect_error("build a.c -D 1A", "'-D 1A' names no macro: write -D NAME or -D NAME=VALUE");
	expect_error("build a.c -D =1", "'-D =1' names no macro: write -D NAME or -D NAME=VALUE");
	expect_error("build a.c --passes=", "'--passes' is empty: give it a,b,...");
	expect_error("build a.c --no-manifest -m x",
		     "'--no-manifest' and '--manifest' exclude each other: leave one out");
}

static void wrong_sources(void **state)
{
	(void)state;
	expect_error("build", "'build' needs a source: bcc2core build TOOL.c");
	expect_error("build a.c b.c", "one source at a time: 'b.c' is too much");
	expect_error("build a.py", "the source 'a.py' is no .c file: bcc2core build TOOL.c");
	expect_error("build dir/.c", "the source 'dir/.c' is no .c file: bcc2core build TOOL.c");
	expect_error("emit a.c", "'emit' needs '--output': bcc2core emit a.c -o DIR");
	expect_error("object a.c", "'object' needs '--output': bcc2core object a.c -o TOOL.bpf.o");
}

static void print(const struct b2c_command *command,
		  void (*printer)(const struct b2c_command *command, FILE *out), char **ret_text)
{
	size_t size;
	FILE *out = open_memstream(ret_text, &size);

	assert_non_null(out);
	printer(command, out);
	fclose(out);
}

static void help_and_version(void **state)
{
	static const char *const lines[] = { "--help", "-h", "help", "build --help", "check -h",
					     "object --help", "emit a.c --help" };
	struct b2c_command c;
	char *text;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		assert_int_equal(parse(lines[i], &c), 0);
		assert_true(c.help);
		print(&c, options_print_help, &text);
		assert_memory_equal(text, "usage: bcc2core ", 16);
		assert_int_equal(strstr(text, "--standalone") != NULL,
				 c.id == B2C_COMMAND_EMIT);
		assert_int_equal(strstr(text, "--output") != NULL,
				 c.id != B2C_COMMAND_NONE && c.id != B2C_COMMAND_CHECK);
		free(text);
		options_free(&c);
	}
	assert_int_equal(parse("--version", &c), 0);
	assert_true(c.version && !c.help);
	options_free(&c);
	assert_int_equal(parse("build --version", &c), 0);
	assert_true(c.version);
	options_free(&c);
}

static void error_is_one_line_with_id(void **state)
{
	struct b2c_command c;
	char *text;

	(void)state;
	assert_int_equal(parse("build", &c), -EINVAL);
	print(&c, options_print_error, &text);
	assert_string_equal(text, "bcc2core: error: 'build' needs a source: "
			    "bcc2core build TOOL.c [usage]\n");
	free(text);
	options_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_options),
		cmocka_unit_test(defaults),
		cmocka_unit_test(manifest_beside_source),
		cmocka_unit_test(wrong_commands),
		cmocka_unit_test(wrong_options),
		cmocka_unit_test(wrong_sources),
		cmocka_unit_test(help_and_version),
		cmocka_unit_test(error_is_one_line_with_id),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
