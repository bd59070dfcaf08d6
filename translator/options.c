// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The command line of bcc2core; see options.h. One table has every option: how
 * it is spelt, which commands take it, what its help says and what it does.
 */
#include "options.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "diag.h"
#include "options_parts.h"

#define LONG_BASE 256		/* getopt's value of option_rows[i] is LONG_BASE + i */

#if defined(__aarch64__)
#define HOST_ARCH "arm64"
#elif defined(__x86_64__)
#define HOST_ARCH "x86_64"
#else
#define HOST_ARCH NULL
#endif

static const struct {
	const char *word;
	bool writes;
	const char *help;
} commands[] = {
#define X(id, word, writes, help) { word, writes, help },
	B2C_COMMANDS(X)
#undef X
};

static const char *const command_words[] = { "build", "emit", "object", "check",
					     "import", "schema" };

int options_fail(struct b2c_command *command, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	command->error = arena_vprintf(command->arena, fmt, args);
	va_end(args);
	return -EINVAL;
}

static int unknown_option(struct b2c_command *command, const char *arg)
{
	const char *names[NR_OPTION_ROWS], *nearest = NULL, *name = arg;
	size_t i;

	if (!strncmp(arg, "--", 2)) {
		for (i = 0; i < NR_OPTION_ROWS; i++)
			names[i] = option_rows[i].name;
		name = arena_strndup(command->arena, arg + 2, strcspn(arg + 2, "="));
		nearest = diag_nearest(name, names, NR_OPTION_ROWS);
		name = arena_printf(command->arena, "--%s", name);
	}
	if (nearest)
		return options_fail(command, "unknown option '%s': did you mean '--%s'?",
				    name, nearest);
	return options_fail(command, "unknown option '%s': see 'bcc2core --help'", name);
}

static const struct option_row *row_of(int c)
{
	size_t i;

	if (c >= LONG_BASE)
		return &option_rows[c - LONG_BASE];
	for (i = 0; i < NR_OPTION_ROWS; i++)
		if (option_rows[i].letter == c)
			return &option_rows[i];
	return NULL;
}

/* What getopt did not like: `c` is '?' or ':', the argument stands before optind. */
static int bad_option(struct b2c_command *command, int c, char **argv)
{
	const struct option_row *row = optopt ? row_of(optopt) : NULL;
	const char *arg = argv[optind - 1];

	if (c == ':' && row)
		return options_fail(command, "'%s' needs an argument: %s", arg, row->arg);
	if (row && !row->arg && !strncmp(arg, "--", 2))
		return options_fail(command, "'--%s' takes no argument: leave it out", row->name);
	if (!strncmp(arg, "--", 2))
		return unknown_option(command, arg);
	return unknown_option(command, arena_printf(command->arena, "-%c", optopt));
}

static int take(struct option_parse *parse, const struct option_row *row, const char *arg)
{
	struct b2c_command *command = parse->command;

	if (!(row->commands & (1u << command->id)))
		return options_fail(command, "'%s' takes no '--%s': see 'bcc2core %s --help'",
			    commands[command->id].word, row->name, commands[command->id].word);
	return row->take(parse, arg);
}

/* Runs getopt over argv, whose first word is the command. */
static int take_all(struct option_parse *parse, int argc, char **argv)
{
	struct option longs[NR_OPTION_ROWS + 1] = { 0 };
	char shorts[2 * NR_OPTION_ROWS + 2], *s = shorts;
	int c, err = 0;
	size_t i;

	*s++ = ':';
	for (i = 0; i < NR_OPTION_ROWS; i++) {
		longs[i].name = option_rows[i].name;
		longs[i].has_arg = !option_rows[i].arg ? no_argument :
				   option_rows[i].arg[0] == '[' ? optional_argument :
							   required_argument;
		longs[i].val = LONG_BASE + (int)i;
		if (!option_rows[i].letter)
			continue;
		*s++ = option_rows[i].letter;
		if (option_rows[i].arg)
			*s++ = ':';
	}
	*s = '\0';
	opterr = 0;
	optind = 0;	/* begin anew, also after another command line */
	while (!err && (c = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		if (c == '?' || c == ':')
			err = bad_option(parse->command, c, argv);
		else
			err = take(parse, row_of(c), optarg);
	}
	return err;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* The path without its ".c". */
static const char *source_stem(struct b2c_command *command, const char *source)
{
	return arena_strndup(command->arena, source, strlen(source) - 2);
}

static int take_source(struct b2c_command *command, int argc, char **argv)
{
	const char *word = commands[command->id].word;
	size_t size;

	if (optind >= argc)
		return options_fail(command, "'%s' needs a source: bcc2core %s TOOL.c", word, word);
	if (optind + 1 < argc)
		return options_fail(command, "one source at a time: '%s' is too much",
				    argv[optind + 1]);
	command->source = argv[optind];
	size = strlen(base_name(command->source));
	if (size < 3 || strcmp(command->source + strlen(command->source) - 2, ".c") != 0)
		return options_fail(command, "the source '%s' is no .c file: bcc2core %s TOOL.c",
			    command->source, word);
	return 0;
}

/* The script and what stands behind "--". getopt has put both behind the options. */
static int take_script(struct b2c_command *command, int argc, char **argv)
{
	bool has_dashes = false;
	int i;

	for (i = 1; i < argc; i++)
		has_dashes |= !strcmp(argv[i], "--");
	if (optind >= argc)
		return options_fail(command,
				    "'import' needs a script: bcc2core import SCRIPT -o DIR");
	if (optind + 1 < argc && !has_dashes)
		return options_fail(command,
				    "one script at a time: '%s' is too much; arguments of the "
			    "script stand behind --", argv[optind + 1]);
	command->source = argv[optind];
	command->arguments = argv + optind + 1;
	return 0;
}

static int choose_manifest(struct option_parse *parse)
{
	struct b2c_command *command = parse->command;
	const char *beside;

	if (parse->no_manifest && parse->manifest)
		return options_fail(command, "'--no-manifest' and '--manifest' exclude each other: "
			    "leave one out");
	command->manifest = parse->manifest;
	if (parse->no_manifest || parse->manifest)
		return 0;
	beside = arena_printf(command->arena, "%s.yaml", source_stem(command, command->source));
	if (!access(beside, F_OK))
		command->manifest = beside;
	return 0;
}

static int choose_output(struct option_parse *parse)
{
	struct b2c_command *command = parse->command;

	command->output = parse->output;
	command->output_given = parse->output != NULL;
	if (parse->output || !commands[command->id].writes)
		return 0;
	if (command->id == B2C_COMMAND_BUILD) {
		command->output = base_name(source_stem(command, command->source));
		return 0;
	}
	if (command->dump)
		return 0;
	return options_fail(command, "'%s' needs '--output': bcc2core %s %s -o %s",
		    commands[command->id].word, commands[command->id].word, command->source,
		    command->id == B2C_COMMAND_EMIT ? "DIR" : "TOOL.bpf.o");
}

static int take_command(struct b2c_command *command, int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : NULL, *nearest;
	int i;

	if (!word)
		return options_fail(command, "no command: see 'bcc2core --help'");
	for (i = 1; i < B2C_NR_COMMANDS; i++)
		if (!strcmp(commands[i].word, word))
			command->id = (enum b2c_command_id)i;
	if (command->id)
		return 0;
	if (*word == '-')
		return unknown_option(command, word);
	if (strlen(word) > 2 && !strcmp(word + strlen(word) - 2, ".c"))
		return options_fail(command, "no command: try 'bcc2core build %s'", word);
	nearest = diag_nearest(word, command_words,
			       sizeof(command_words) / sizeof(command_words[0]));
	return nearest ? options_fail(command, "unknown command '%s': did you mean '%s'?", word,
				      nearest) :
			 options_fail(command, "unknown command '%s': see 'bcc2core --help'", word);
}

/* Before any command only help and version make sense. */
static bool is_general(struct b2c_command *command, int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : "";

	command->help = !strcmp(word, "-h") || !strcmp(word, "--help") || !strcmp(word, "help");
	command->version = !strcmp(word, "-V") || !strcmp(word, "--version");
	return command->help || command->version;
}

int options_parse(int argc, char **argv, struct b2c_command *ret_command)
{
	struct option_parse parse = { .command = ret_command };
	int err;

	*ret_command = (struct b2c_command){
		.arch = HOST_ARCH,
		.stack_limit = STACK_BYTES,
		.arena = arena_new(),
	};
	if (is_general(ret_command, argc, argv))
		return 0;
	err = take_command(ret_command, argc, argv);
	if (!err)
		err = take_all(&parse, argc - 1, argv + 1);
	if (err || ret_command->help || ret_command->version)
		return err;
	if (ret_command->id == B2C_COMMAND_IMPORT) {
		ret_command->output = parse.output ? parse.output : ".";
		return take_script(ret_command, argc - 1, argv + 1);
	}
	if (ret_command->id == B2C_COMMAND_SCHEMA && optind + 1 < argc)
		return options_fail(ret_command, "'schema' takes no source");
	if (ret_command->id == B2C_COMMAND_SCHEMA)
		return 0;
	err = take_source(ret_command, argc - 1, argv + 1);
	if (!err)
		err = choose_manifest(&parse);
	if (!err)
		err = choose_output(&parse);
	if (!err && !ret_command->arch)
		err = options_fail(ret_command, "this machine's architecture is none that bcc2core "
			   "translates for: give --arch x86_64 or --arch arm64");
	return err;
}

void options_free(struct b2c_command *command)
{
	arena_free(command->arena);
	*command = (struct b2c_command){ 0 };
}

void options_print_error(const struct b2c_command *command, FILE *out)
{
	fprintf(out, "bcc2core: error: %s [%s]\n", command->error,
		diag_id_text(B2C_DIAG_usage));
}

static void print_row(const struct option_row *row, FILE *out)
{
	int n;

	n = row->letter ? fprintf(out, "  -%c, ", row->letter) : fprintf(out, "      ");
	n += fprintf(out, "--%s", row->name);
	if (row->arg)
		n += fprintf(out, row->arg[0] == '[' ? "%s" : " %s", row->arg);
	fprintf(out, "%*s%s\n", n < 30 ? 30 - n : 1, "", row->help);
}

static void print_general_help(FILE *out)
{
	int i;

	fputs("usage: bcc2core COMMAND TOOL.c [options]\n\n"
	      "Translates BPF C written for bcc, with a manifest in YAML, into a CO-RE tool.\n\n",
	      out);
	for (i = 1; i < B2C_NR_COMMANDS; i++)
		fprintf(out, "  %-8s%s\n", commands[i].word, commands[i].help);
	fputs("\n'bcc2core COMMAND --help' lists the options of a command.\n"
	      "Exit status: 0 done, 1 the input is wrong, 2 a file or tool failed, "
	      "70 a bug of bcc2core.\n", out);
}

void options_print_help(const struct b2c_command *command, FILE *out)
{
	static const char *const usages[] = {
		[B2C_COMMAND_BUILD] = "TOOL.c [-m TOOL.yaml] [-o TOOL] [options]",
		[B2C_COMMAND_EMIT] = "TOOL.c [-m TOOL.yaml] -o DIR [options]",
		[B2C_COMMAND_OBJECT] = "TOOL.c [-m TOOL.yaml] -o TOOL.bpf.o [options]",
		[B2C_COMMAND_CHECK] = "TOOL.c [-m TOOL.yaml] [options]",
		[B2C_COMMAND_IMPORT] = "SCRIPT [-o DIR] [options] [-- ARGUMENTS OF THE SCRIPT]",
		[B2C_COMMAND_SCHEMA] = ">manifest.schema.json",
	};
	size_t i;

	if (!command->id) {
		print_general_help(out);
		return;
	}
	fprintf(out, "usage: bcc2core %s %s\n\n%s:\n", commands[command->id].word,
		usages[command->id], commands[command->id].help);
	for (i = 0; i < NR_OPTION_ROWS; i++)
		if (option_rows[i].commands & (1u << command->id))
			print_row(&option_rows[i], out);
	if (command->id == B2C_COMMAND_IMPORT)
		fputs("\nThe script is run, up to its first wait, against a bcc package that loads "
		      "nothing: with\nlimits of time and memory, without the network, and without "
		      "writing files.\n", out);
}
