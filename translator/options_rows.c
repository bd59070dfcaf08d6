// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Options: one table has each, how it is spelt, which commands take it, its help
 * and what it does.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fixes.h"
#include "options_parts.h"

#define COMMAND(id) (1u << B2C_COMMAND_##id)
#define COMMANDS_WRITING (COMMAND(BUILD) | COMMAND(EMIT) | COMMAND(OBJECT))
#define COMMANDS_ALL (COMMANDS_WRITING | COMMAND(CHECK))
#define COMMANDS_EVERY (COMMANDS_ALL | COMMAND(IMPORT))
#define COMMANDS_ANY (COMMANDS_EVERY | COMMAND(SCHEMA))

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

static int take_manifest(struct option_parse *parse, const char *arg)
{
	parse->manifest = arg;
	return 0;
}

static int take_no_manifest(struct option_parse *parse, const char *arg)
{
	(void)arg;
	parse->no_manifest = true;
	return 0;
}

static int take_output(struct option_parse *parse, const char *arg)
{
	parse->output = arg;
	return *arg ? 0 : options_fail(parse->command, "'--output' is empty: give it a path");
}

static int take_arch(struct option_parse *parse, const char *arg)
{
	if (strcmp(arg, "x86_64") != 0 && strcmp(arg, "arm64") != 0)
		return options_fail(parse->command,
				    "unknown architecture '%s': it is x86_64 or arm64",
			    arg);
	parse->command->arch = arg;
	return 0;
}

static int take_define(struct option_parse *parse, const char *arg)
{
	struct b2c_command *command = parse->command;
	const char **defines = (const char **)command->defines;
	size_t n = 0;

	while (isalnum((unsigned char)arg[n]) || arg[n] == '_')
		n++;
	if (!n || isdigit((unsigned char)*arg) || (arg[n] && arg[n] != '='))
		return options_fail(command, "'-D %s' names no macro: write -D NAME or "
				    "-D NAME=VALUE", arg);
	*arena_append(command->arena, defines, command->nr_defines) = arg;
	command->defines = defines;
	return 0;
}

static int take_include(struct option_parse *parse, const char *arg)
{
	struct b2c_command *command = parse->command;
	const char **dirs = (const char **)command->include_dirs;

	*arena_append(command->arena, dirs, command->nr_include_dirs) = arg;
	command->include_dirs = dirs;
	return 0;
}

static int take_embed(struct option_parse *parse, const char *arg)
{
	struct b2c_command *command = parse->command;
	const char **files = (const char **)command->embedded;

	command->embeds_none |= !strcmp(arg, "none");
	*arena_append(command->arena, files, command->nr_embedded) = arg;
	command->embedded = files;
	if (command->embeds_none && command->nr_embedded > 1)
		return options_fail(command, "'--embed-btf none' and files exclude each other");
	return 0;
}

static int take_btf(struct option_parse *parse, const char *arg)
{
	parse->command->btf = arg;
	return 0;
}

static int take_dump(struct option_parse *parse, const char *arg)
{
	int i;

	for (i = 1; i < B2C_NR_DUMPS; i++) {
		if (strcmp(dump_words[i], arg) != 0)
			continue;
		parse->command->dump = (enum b2c_dump)i;
		return 0;
	}
	return options_fail(parse->command,
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
	return options_fail(command, "no fix is called '%.*s': there are %s", (int)n, word, list);
}

static int take_fix(struct option_parse *parse, const char *arg)
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
static int take_stack(struct option_parse *parse, const char *arg)
{
	char *end;

	errno = 0;
	parse->command->stack_limit = strtoul(arg, &end, 10);
	if (errno || end == arg || *end || parse->command->stack_limit > STACK_BYTES)
		return options_fail(parse->command,
				    "'--stack' is not a number of bytes up to %d: '%s'",
			    STACK_BYTES, arg);
	return 0;
}

static int take_buffers(struct option_parse *parse, const char *arg)
{
	parse->command->keeps_perf = !strcmp(arg, "perf");
	if (parse->command->keeps_perf || !strcmp(arg, "ring"))
		return 0;
	return options_fail(parse->command, "'--buffers' is ring or perf, not '%s'", arg);
}

static int take_no_trampolines(struct option_parse *parse, const char *arg)
{
	(void)arg;
	parse->command->no_trampolines = true;
	return 0;
}

static int take_passes(struct option_parse *parse, const char *arg)
{
	parse->command->passes = arg;
	return *arg ? 0 : options_fail(parse->command, "'--passes' is empty: give it a,b,...");
}

static int take_reverse(struct option_parse *parse, const char *arg)
{
	(void)arg;
	parse->command->reverse_passes = true;
	return 0;
}

static int take_standalone(struct option_parse *parse, const char *arg)
{
	(void)arg;
	parse->command->standalone = true;
	return 0;
}

static int take_verbose(struct option_parse *parse, const char *arg)
{
	(void)arg;
	parse->command->verbose = true;
	return 0;
}

static int take_kernels(struct option_parse *parse, const char *arg)
{
	parse->command->kernels = arg ? arg : "";
	return 0;
}

static int take_json(struct option_parse *parse, const char *arg)
{
	(void)arg;
	parse->command->json = true;
	return 0;
}

static int take_help(struct option_parse *parse, const char *arg)
{
	(void)arg;
	parse->command->help = true;
	return 0;
}

static int take_version(struct option_parse *parse, const char *arg)
{
	(void)arg;
	parse->command->version = true;
	return 0;
}

const struct option_row option_rows[NR_OPTION_ROWS] = {
	{ 'm', "manifest", "FILE", COMMANDS_ALL, take_manifest,
	  "the manifest; default: TOOL.yaml beside TOOL.c when it exists" },
	{ 0, "no-manifest", NULL, COMMANDS_ALL, take_no_manifest,
	  "take no manifest, even when TOOL.yaml exists" },
	{ 'o', "output", "PATH", COMMANDS_WRITING | COMMAND(IMPORT), take_output,
	  "where to write" },
	{ 0, "standalone", NULL, COMMAND(EMIT), take_standalone,
	  "write the runtime's sources beside the tool's" },
	{ 0, "arch", "ARCH", COMMANDS_EVERY, take_arch,
	  "x86_64 or arm64; default: this machine's" },
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
	{ 0, "buffers", "KIND", COMMANDS_ALL, take_buffers,
	  "what perf buffers of the source become: ring (default) or perf" },
	{ 0, "no-trampolines", NULL, COMMANDS_ALL, take_no_trampolines,
	  "leave kprobes what they are, with no form as fentry or fexit" },
	{ 0, "passes", "A,B", COMMANDS_ALL, take_passes, "run these passes only" },
	{ 0, "reverse-passes", NULL, COMMANDS_ALL, take_reverse,
	  "run the passes in reverse order" },
	{ 'v', "verbose", NULL, COMMANDS_EVERY, take_verbose, "show remarks and what is run" },
	{ 'h', "help", NULL, COMMANDS_ANY, take_help, "print this help" },
	{ 'V', "version", NULL, COMMANDS_ANY, take_version, "print the version" },
};
