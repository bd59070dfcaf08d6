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
#include "fixes.h"

/* What the kernel gives a program, with all functions that it calls. */
#define STACK_BYTES 512

#define COMMAND(id) (1u << B2C_COMMAND_##id)
#define COMMANDS_WRITING (COMMAND(BUILD) | COMMAND(EMIT) | COMMAND(OBJECT))
#define COMMANDS_ALL (COMMANDS_WRITING | COMMAND(CHECK))
#define COMMANDS_EVERY (COMMANDS_ALL | COMMAND(IMPORT))

#if defined(__aarch64__)
#define HOST_ARCH "arm64"
#elif defined(__x86_64__)
#define HOST_ARCH "x86_64"
#else
#define HOST_ARCH NULL
#endif

struct parse {
	struct b2c_command *command;
	bool no_manifest;
	const char *manifest;
	const char *output;
};

static const struct {
	const char *word;
	bool writes;
	const char *help;
} commands[] = {
#define X(id, word, writes, help) { word, writes, help },
	B2C_COMMANDS(X)
#undef X
};

static const char *const command_words[] = { "build", "emit", "object", "check", "import" };

static const char *const dump_words[] = {
#define X(id, word) word,
	B2C_DUMPS(X)
#undef X
};

static const char *const fix_words[] = {
#define X(id, word) word,
	B2C_FIXES(X)
#undef X
};

static int fail(struct b2c_command *command, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static int fail(struct b2c_command *command, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	command->error = arena_vprintf(command->arena, fmt, args);
	va_end(args);
	return -EINVAL;
}

static int take_manifest(struct parse *parse, const char *arg)
{
	parse->manifest = arg;
	return 0;
}

static int take_no_manifest(struct parse *parse, const char *arg)
{
	(void)arg;
	parse->no_manifest = true;
	return 0;
}

static int take_output(struct parse *parse, const char *arg)
{
	parse->output = arg;
	return *arg ? 0 : fail(parse->command, "'--output' is empty: give it a path");
}

static int take_arch(struct parse *parse, const char *arg)
{
	if (strcmp(arg, "x86_64") != 0 && strcmp(arg, "arm64") != 0)
		return fail(parse->command, "unknown architecture '%s': it is x86_64 or arm64",
			    arg);
	parse->command->arch = arg;
	return 0;
}

static int take_define(struct parse *parse, const char *arg)
{
	struct b2c_command *command = parse->command;
	const char **defines = (const char **)command->defines;
	size_t n = 0;

	while (isalnum((unsigned char)arg[n]) || arg[n] == '_')
		n++;
	if (!n || isdigit((unsigned char)*arg) || (arg[n] && arg[n] != '='))
		return fail(command, "'-D %s' names no macro: write -D NAME or -D NAME=VALUE", arg);
	*arena_append(command->arena, defines, command->nr_defines) = arg;
	command->defines = defines;
	return 0;
}

static int take_include(struct parse *parse, const char *arg)
{
	struct b2c_command *command = parse->command;
	const char **dirs = (const char **)command->include_dirs;

	*arena_append(command->arena, dirs, command->nr_include_dirs) = arg;
	command->include_dirs = dirs;
	return 0;
}

static int take_embed(struct parse *parse, const char *arg)
{
	struct b2c_command *command = parse->command;
	const char **files = (const char **)command->embedded;

	command->embeds_none |= !strcmp(arg, "none");
	*arena_append(command->arena, files, command->nr_embedded) = arg;
	command->embedded = files;
	if (command->embeds_none && command->nr_embedded > 1)
		return fail(command, "'--embed-btf none' and files exclude each other");
	return 0;
}

static int take_btf(struct parse *parse, const char *arg)
{
	parse->command->btf = arg;
	return 0;
}

static int take_dump(struct parse *parse, const char *arg)
{
	int i;

	for (i = 1; i < B2C_NR_DUMPS; i++) {
		if (strcmp(dump_words[i], arg) != 0)
			continue;
		parse->command->dump = (enum b2c_dump)i;
		return 0;
	}
	return fail(parse->command,
		    "nothing to dump is called '%s': it is unit, manifest, plan or provenance",
		    arg);
}

/* The bits of one word of --fix; 0: there is no such fix. */
static unsigned int fix_bits(const char *word, size_t n)
{
	unsigned int i;

	if (n == strlen("all") && !strncmp(word, "all", n))
		return (1u << B2C_NR_FIXES) - 1;
	for (i = 0; i < B2C_NR_FIXES; i++)
		if (strlen(fix_words[i]) == n && !strncmp(fix_words[i], word, n))
			return 1u << i;
	return 0;
}

static int unknown_fix(struct b2c_command *command, const char *word, size_t n)
{
	const char *list = "all";
	int i;

	for (i = 0; i < B2C_NR_FIXES; i++)
		list = arena_printf(command->arena, "%s, %s", list, fix_words[i]);
	return fail(command, "no fix is called '%.*s': there are %s", (int)n, word, list);
}

static int take_fix(struct parse *parse, const char *arg)
{
	size_t n;

	for (;; arg += n + 1) {
		unsigned int bits;

		n = strcspn(arg, ",");
		bits = fix_bits(arg, n);
		if (!bits)
			return unknown_fix(parse->command, arg, n);
		parse->command->fixes |= bits;
		if (!arg[n])
			return 0;
	}
}

/* All of it is BPF's 512 bytes; a program with tail calls that has functions has half. */
static int take_stack(struct parse *parse, const char *arg)
{
	char *end;

	errno = 0;
	parse->command->stack_limit = strtoul(arg, &end, 10);
	if (errno || end == arg || *end || parse->command->stack_limit > STACK_BYTES)
		return fail(parse->command, "'--stack' is not a number of bytes up to %d: '%s'",
			    STACK_BYTES, arg);
	return 0;
}

static int take_passes(struct parse *parse, const char *arg)
{
	parse->command->passes = arg;
	return *arg ? 0 : fail(parse->command, "'--passes' is empty: give it a,b,...");
}

static int take_reverse(struct parse *parse, const char *arg)
{
	(void)arg;
	parse->command->reverse_passes = true;
	return 0;
}

static int take_standalone(struct parse *parse, const char *arg)
{
	(void)arg;
	parse->command->standalone = true;
	return 0;
}

static int take_verbose(struct parse *parse, const char *arg)
{
	(void)arg;
	parse->command->verbose = true;
	return 0;
}

static int take_kernels(struct parse *parse, const char *arg)
{
	parse->command->kernels = arg ? arg : "";
	return 0;
}

static int take_json(struct parse *parse, const char *arg)
{
	(void)arg;
	parse->command->json = true;
	return 0;
}

static int take_help(struct parse *parse, const char *arg)
{
	(void)arg;
	parse->command->help = true;
	return 0;
}

static int take_version(struct parse *parse, const char *arg)
{
	(void)arg;
	parse->command->version = true;
	return 0;
}

static const struct row {
	char letter;		/* 0: none */
	const char *name;
	const char *arg;	/* NULL: takes none; "[=A]": need not be given */
	unsigned int commands;
	int (*take)(struct parse *parse, const char *arg);
	const char *help;
} rows[] = {
	{ 'm', "manifest", "FILE", COMMANDS_ALL, take_manifest,
	  "the manifest; default: TOOL.yaml beside TOOL.c when it exists" },
	{ 0, "no-manifest", NULL, COMMANDS_ALL, take_no_manifest,
	  "take no manifest, even when TOOL.yaml exists" },
	{ 'o', "output", "PATH", COMMANDS_WRITING | COMMAND(IMPORT), take_output,
	  "where to write" },
	{ 0, "standalone", NULL, COMMAND(EMIT), take_standalone,
	  "write the runtime's sources beside the tool's" },
	{ 0, "arch", "ARCH", COMMANDS_EVERY, take_arch, "x86_64 or arm64; default: this machine's" },
	{ 'D', "define", "NAME[=VALUE]", COMMANDS_ALL, take_define,
	  "define a macro, as cflags of bcc" },
	{ 'I', "include", "DIR", COMMANDS_ALL, take_include, "look for included files in DIR" },
	{ 0, "btf", "FILE", COMMANDS_ALL, take_btf, "know the types of this kernel too" },
	{ 0, "embed-btf", "FILE", COMMAND(BUILD), take_embed,
	  "put what the tool needs of RELEASE.btf into it too; none: of no kernel" },
	{ 0, "dump", "WHAT", COMMANDS_ALL, take_dump,
	  "print unit, manifest, plan or provenance instead of writing" },
	{ 0, "fix", "A,B", COMMANDS_ALL, take_fix,
	  "improve on bcc: all, or fixes that 'check' names" },
	{ 0, "kernels", "[=A,B]", COMMAND(CHECK), take_kernels,
	  "what each program needs, and whether the kernels have it" },
	{ 0, "json", NULL, COMMAND(CHECK), take_json, "one JSON object a line" },
	{ 0, "stack", "BYTES", COMMANDS_ALL, take_stack,
	  "move variables to maps where a program takes more of the stack; default: 512" },
	{ 0, "passes", "A,B", COMMANDS_ALL, take_passes, "run these passes only" },
	{ 0, "reverse-passes", NULL, COMMANDS_ALL, take_reverse,
	  "run the passes in reverse order" },
	{ 'v', "verbose", NULL, COMMANDS_EVERY, take_verbose, "show remarks and what is run" },
	{ 'h', "help", NULL, COMMANDS_EVERY, take_help, "print this help" },
	{ 'V', "version", NULL, COMMANDS_EVERY, take_version, "print the version" },
};

#define NR_ROWS (sizeof(rows) / sizeof(rows[0]))
#define LONG_BASE 256		/* getopt's value of rows[i] is LONG_BASE + i */

static int unknown_option(struct b2c_command *command, const char *arg)
{
	const char *names[NR_ROWS], *nearest = NULL, *name = arg;
	size_t i;

	if (!strncmp(arg, "--", 2)) {
		for (i = 0; i < NR_ROWS; i++)
			names[i] = rows[i].name;
		name = arena_strndup(command->arena, arg + 2, strcspn(arg + 2, "="));
		nearest = diag_nearest(name, names, NR_ROWS);
		name = arena_printf(command->arena, "--%s", name);
	}
	if (nearest)
		return fail(command, "unknown option '%s': did you mean '--%s'?", name, nearest);
	return fail(command, "unknown option '%s': see 'bcc2core --help'", name);
}

static const struct row *row_of(int c)
{
	size_t i;

	if (c >= LONG_BASE)
		return &rows[c - LONG_BASE];
	for (i = 0; i < NR_ROWS; i++)
		if (rows[i].letter == c)
			return &rows[i];
	return NULL;
}

/* What getopt did not like: `c` is '?' or ':', the argument stands before optind. */
static int bad_option(struct b2c_command *command, int c, char **argv)
{
	const struct row *row = optopt ? row_of(optopt) : NULL;
	const char *arg = argv[optind - 1];

	if (c == ':' && row)
		return fail(command, "'%s' needs an argument: %s", arg, row->arg);
	if (row && !row->arg && !strncmp(arg, "--", 2))
		return fail(command, "'--%s' takes no argument: leave it out", row->name);
	if (!strncmp(arg, "--", 2))
		return unknown_option(command, arg);
	return unknown_option(command, arena_printf(command->arena, "-%c", optopt));
}

static int take(struct parse *parse, const struct row *row, const char *arg)
{
	struct b2c_command *command = parse->command;

	if (!(row->commands & (1u << command->id)))
		return fail(command, "'%s' takes no '--%s': see 'bcc2core %s --help'",
			    commands[command->id].word, row->name, commands[command->id].word);
	return row->take(parse, arg);
}

/* Runs getopt over argv, whose first word is the command. */
static int take_all(struct parse *parse, int argc, char **argv)
{
	struct option longs[NR_ROWS + 1] = { 0 };
	char shorts[2 * NR_ROWS + 2], *s = shorts;
	int c, err = 0;
	size_t i;

	*s++ = ':';
	for (i = 0; i < NR_ROWS; i++) {
		longs[i].name = rows[i].name;
		longs[i].has_arg = !rows[i].arg ? no_argument :
				   rows[i].arg[0] == '[' ? optional_argument :
							   required_argument;
		longs[i].val = LONG_BASE + (int)i;
		if (!rows[i].letter)
			continue;
		*s++ = rows[i].letter;
		if (rows[i].arg)
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
		return fail(command, "'%s' needs a source: bcc2core %s TOOL.c", word, word);
	if (optind + 1 < argc)
		return fail(command, "one source at a time: '%s' is too much", argv[optind + 1]);
	command->source = argv[optind];
	size = strlen(base_name(command->source));
	if (size < 3 || strcmp(command->source + strlen(command->source) - 2, ".c") != 0)
		return fail(command, "the source '%s' is no .c file: bcc2core %s TOOL.c",
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
		return fail(command, "'import' needs a script: bcc2core import SCRIPT -o DIR");
	if (optind + 1 < argc && !has_dashes)
		return fail(command, "one script at a time: '%s' is too much; arguments of the "
			    "script stand behind --", argv[optind + 1]);
	command->source = argv[optind];
	command->arguments = argv + optind + 1;
	return 0;
}

static int choose_manifest(struct parse *parse)
{
	struct b2c_command *command = parse->command;
	const char *beside;

	if (parse->no_manifest && parse->manifest)
		return fail(command, "'--no-manifest' and '--manifest' exclude each other: "
			    "leave one out");
	command->manifest = parse->manifest;
	if (parse->no_manifest || parse->manifest)
		return 0;
	beside = arena_printf(command->arena, "%s.yaml", source_stem(command, command->source));
	if (!access(beside, F_OK))
		command->manifest = beside;
	return 0;
}

static int choose_output(struct parse *parse)
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
	return fail(command, "'%s' needs '--output': bcc2core %s %s -o %s",
		    commands[command->id].word, commands[command->id].word, command->source,
		    command->id == B2C_COMMAND_EMIT ? "DIR" : "TOOL.bpf.o");
}

static int take_command(struct b2c_command *command, int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : NULL, *nearest;
	int i;

	if (!word)
		return fail(command, "no command: see 'bcc2core --help'");
	for (i = 1; i < B2C_NR_COMMANDS; i++)
		if (!strcmp(commands[i].word, word))
			command->id = (enum b2c_command_id)i;
	if (command->id)
		return 0;
	if (*word == '-')
		return unknown_option(command, word);
	if (strlen(word) > 2 && !strcmp(word + strlen(word) - 2, ".c"))
		return fail(command, "no command: try 'bcc2core build %s'", word);
	nearest = diag_nearest(word, command_words,
			       sizeof(command_words) / sizeof(command_words[0]));
	return nearest ? fail(command, "unknown command '%s': did you mean '%s'?", word, nearest) :
			 fail(command, "unknown command '%s': see 'bcc2core --help'", word);
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
	struct parse parse = { .command = ret_command };
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
	err = take_source(ret_command, argc - 1, argv + 1);
	if (!err)
		err = choose_manifest(&parse);
	if (!err)
		err = choose_output(&parse);
	if (!err && !ret_command->arch)
		err = fail(ret_command, "this machine's architecture is none that bcc2core "
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

static void print_row(const struct row *row, FILE *out)
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
		[B2C_COMMAND_BUILD] = "[-m TOOL.yaml] [-o TOOL]",
		[B2C_COMMAND_EMIT] = "[-m TOOL.yaml] -o DIR",
		[B2C_COMMAND_OBJECT] = "[-m TOOL.yaml] -o TOOL.bpf.o",
		[B2C_COMMAND_CHECK] = "[-m TOOL.yaml]",
		[B2C_COMMAND_IMPORT] = "[-o DIR]",
	};
	size_t i;

	if (!command->id) {
		print_general_help(out);
		return;
	}
	fprintf(out, "usage: bcc2core %s %s %s [options]%s\n\n%s:\n", commands[command->id].word,
		command->id == B2C_COMMAND_IMPORT ? "SCRIPT" : "TOOL.c", usages[command->id],
		command->id == B2C_COMMAND_IMPORT ? " [-- ARGUMENTS OF THE SCRIPT]" : "",
		commands[command->id].help);
	for (i = 0; i < NR_ROWS; i++)
		if (rows[i].commands & (1u << command->id))
			print_row(&rows[i], out);
	if (command->id == B2C_COMMAND_IMPORT)
		fputs("\nThe script is run, up to its first wait, against a bcc package that loads "
		      "nothing: with\nlimits of time and memory, without the network, and without "
		      "writing files.\n", out);
}
