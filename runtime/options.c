// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The command line: long and short options as getopt_long() reads them, with
 * types, ranges and one-line errors, and the words behind them, by position.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

struct parser {
	struct b2c_run *run;
	struct b2c_option built_ins[B2C_NR_BUILT_INS];
	size_t nr_built_ins;
	int argc;
	char **argv;
	int next; /* the argument to read next */
	char **command; /* of --exec */
	bool *given; /* lists of the tool that the command line has already */
	bool by_position; /* the value read now is a word behind the options */
};

/* A built-in option; its value is a member of the settings. */
struct built_in {
	struct b2c_option option;
	size_t offset;
	bool (*is_for)(const struct b2c_tool *tool); /* NULL: every tool has it */
};

static bool has_metrics(const struct b2c_tool *tool)
{
	return tool->prometheus;
}

static bool sizes_maps(const struct b2c_tool *tool)
{
	return tool->sizes_maps;
}

static bool counts_losses(const struct b2c_tool *tool)
{
	return tool->counts_losses;
}

static bool has_exec(const struct b2c_tool *tool)
{
	return tool->exec;
}

#define SETTING(member) offsetof(struct b2c_settings, member)

static const struct built_in built_ins[B2C_NR_BUILT_INS] = {
	{ {
		.name = "json",
		.type = B2C_OPTION_FLAG,
		.help = "print one JSON object a line",
	}, SETTING(json), NULL },
	{ {
		.name = "csv",
		.type = B2C_OPTION_FLAG,
		.help = "print comma-separated values below their names",
	}, SETTING(csv), NULL },
	{ {
		.name = "duration",
		.type = B2C_OPTION_U32,
		.help = "end after so many seconds",
	}, SETTING(duration), NULL },
	{ {
		.name = "prometheus",
		.type = B2C_OPTION_PORT,
		.help = "print maps as metrics, or serve them at 127.0.0.1",
	}, SETTING(prometheus), has_metrics },
	{ {
		.name = "btf",
		.type = B2C_OPTION_STRING,
		.size = sizeof(((struct b2c_settings *)0)->btf),
		.argument = "FILE",
		.help = "file with this kernel's BTF",
	}, SETTING(btf), NULL },
	{ {
		.name = "check",
		.type = B2C_OPTION_FLAG,
		.help = "say what of this host the tool needs, load nothing",
	}, SETTING(check), NULL },
	{ {
		.name = "map",
		.type = B2C_OPTION_WORDS,
		.argument = "NAME=N",
		.help = "room of a map, in entries, or of a buffer, in bytes",
	}, SETTING(map_sizes), sizes_maps },
	{ {
		.name = "fail-on-loss",
		.type = B2C_OPTION_FLAG,
		.help = "exit with 1 if events were lost or a map was full",
	}, SETTING(fail_on_loss), counts_losses },
	{ {
		.name = "ready-fd",
		.type = B2C_OPTION_S32,
		.help = "write a newline to this descriptor once attached",
	}, SETTING(ready_fd), NULL },
	{ {
		.name = "verbose",
		.letter = 'v',
		.type = B2C_OPTION_FLAG,
		.help = "say what is loaded and attached",
	}, SETTING(verbose), NULL },
	{ {
		.name = "version",
		.letter = 'V',
		.type = B2C_OPTION_FLAG,
		.help = "print the version",
	}, SETTING(version), NULL },
	{ {
		.name = "help",
		.letter = 'h',
		.type = B2C_OPTION_FLAG,
		.help = "print this help",
	}, SETTING(help), NULL },
	{ {
		.name = "exec",
		.type = B2C_OPTION_FLAG,
		.argument = "CMD...",
		.help = "run this command, trace it from its start, and end with it",
	}, SETTING(command), has_exec },
	{ {
		.name = "sudo-user",
		.type = B2C_OPTION_FLAG,
		.help = "run it as the user who called sudo",
	}, SETTING(sudo_user), has_exec },
};

/* Whether a tool declares what every tool has by itself. */
static bool has_own(const struct b2c_tool *tool, const char *name)
{
	size_t i;

	for (i = 0; i < tool->nr_options; i++)
		if (!strcmp(tool->options[i].name, name))
			return true;
	return false;
}

size_t b2c_built_in_options(struct b2c_run *run, struct b2c_option ret_options[B2C_NR_BUILT_INS])
{
	size_t i, nr = 0;

	for (i = 0; i < B2C_NR_BUILT_INS; i++) {
		const struct built_in *one = &built_ins[i];

		if ((one->is_for && !one->is_for(run->tool)) ||
		    has_own(run->tool, one->option.name))
			continue;
		ret_options[nr] = one->option;
		ret_options[nr++].value = (char *)&run->settings + one->offset;
	}
	return nr;
}

/* The n-th option: the tool's own first, then the built-in ones. */
static const struct b2c_option *option_at(const struct parser *parser, size_t n)
{
	const struct b2c_tool *tool = parser->run->tool;

	if (n < tool->nr_options)
		return &tool->options[n];
	n -= tool->nr_options;
	return n < parser->nr_built_ins ? &parser->built_ins[n] : NULL;
}

static const struct b2c_option *find_letter(const struct parser *parser, char letter)
{
	const struct b2c_option *option;
	size_t i;

	for (i = 0; (option = option_at(parser, i)); i++)
		if (option->letter && option->letter == letter)
			return option;
	return NULL;
}

/* By full name or by the only name that starts so. */
static const struct b2c_option *find_name(const struct parser *parser, const char *name, size_t n)
{
	const struct b2c_option *option, *hit = NULL;
	size_t i, nr_hits = 0;

	for (i = 0; (option = option_at(parser, i)); i++) {
		if (strncmp(option->name, name, n) != 0)
			continue;
		if (option->name[n] == '\0')
			return option;
		hit = option;
		nr_hits++;
	}
	return nr_hits == 1 ? hit : NULL;
}

/* What a message calls what is read now, up to its name. */
static const char *kind_of(const struct parser *parser)
{
	return parser->by_position ? "argument '" : "option '--";
}

static int fail(const struct parser *parser, const struct b2c_option *option, const char *needs,
		const char *text)
{
	b2c_error(parser->run, "%s%s' needs %s, not '%s'", kind_of(parser), option->name, needs,
		  text);
	return -EINVAL;
}

static int store_signed(const struct parser *parser, const struct b2c_option *option,
			const char *text)
{
	bool is_wide = option->type == B2C_OPTION_S64;
	bool is_pid = option->type == B2C_OPTION_PID;
	long long number;
	char *end;

	errno = 0;
	number = strtoll(text, &end, strncmp(text, "0x", 2) == 0 ? 16 : 10);
	if (end == text || *end)
		return fail(parser, option, "a number", text);
	if (is_pid && (errno || number < 1 || number > INT_MAX))
		return fail(parser, option, "a process id", text);
	if (errno || (!is_wide && (number < INT_MIN || number > INT_MAX)))
		return fail(parser, option, is_wide ? "a number of 64 bits" : "a number of 32 bits",
			    text);
	if (is_wide)
		*(int64_t *)option->value = number;
	else
		*(int32_t *)option->value = (int32_t)number;
	return 0;
}

static int store_unsigned(const struct parser *parser, const struct b2c_option *option,
			  const char *text)
{
	bool is_wide = option->type == B2C_OPTION_U64;
	unsigned long long number;
	char *end;

	errno = 0;
	number = strtoull(text, &end, strncmp(text, "0x", 2) == 0 ? 16 : 10);
	if (end == text || *end)
		return fail(parser, option, "a number", text);
	if (strchr(text, '-')) /* which strtoull() wraps around */
		return fail(parser, option, "a number that is not negative", text);
	if (errno || (!is_wide && number > UINT_MAX))
		return fail(parser, option, is_wide ? "a number below 2^64" : "a number below 2^32",
			    text);
	if (is_wide)
		*(uint64_t *)option->value = number;
	else
		*(uint32_t *)option->value = (uint32_t)number;
	return 0;
}

static int store_string(const struct parser *parser, const struct b2c_option *option,
			const char *text)
{
	size_t n = strlen(text);

	if (n >= option->size) {
		b2c_error(parser->run, "%s%s' takes at most %zu bytes", kind_of(parser),
			  option->name, option->size ? option->size - 1 : 0);
		return -EINVAL;
	}
	memset(option->value, 0, option->size); /* BPF compares the whole array */
	memcpy(option->value, text, n);
	return 0;
}

static int store_word(const struct b2c_option *option, const char *text)
{
	struct b2c_words *words = option->value;
	const char **more = realloc(words->words, (words->nr + 1) * sizeof(*more));

	if (!more)
		return -ENOMEM;
	words->words = more;
	words->words[words->nr++] = text;
	return 0;
}

/* Without a value it is -1. */
static int store_port(const struct parser *parser, const struct b2c_option *option,
		      const char *text)
{
	int32_t *port = option->value;
	char *end;
	long number;

	*port = -1;
	if (!text)
		return 0;
	number = strtol(text, &end, 10);
	if (end == text || *end || number < 1 || number > UINT16_MAX)
		return fail(parser, option, "a port from 1 to 65535", text);
	*port = (int32_t)number;
	return 0;
}

static int store_value(const struct parser *parser, const struct b2c_option *option,
		       const char *text)
{
	int err = option->read->read(parser->run, option, text);

	return err == -EINVAL ? fail(parser, option, option->read->wanted, text) : err;
}

static int store(const struct parser *parser, const struct b2c_option *option, const char *text)
{
	switch (option->type) {
	case B2C_OPTION_FLAG:
		*(bool *)option->value = true;
		return 0;
	case B2C_OPTION_S32:
	case B2C_OPTION_S64:
	case B2C_OPTION_PID:
		return store_signed(parser, option, text);
	case B2C_OPTION_U32:
	case B2C_OPTION_U64:
		return store_unsigned(parser, option, text);
	case B2C_OPTION_STRING:
		return store_string(parser, option, text);
	case B2C_OPTION_WORDS:
		return store_word(option, text);
	case B2C_OPTION_PORT:
		return store_port(parser, option, text);
	case B2C_OPTION_VALUE:
		return store_value(parser, option, text);
	}
	return -EINVAL;
}

static int store_element(const struct parser *parser, const struct b2c_option *option,
			 const char *text)
{
	struct b2c_option element = *option;

	if (*option->nr == option->room) {
		b2c_error(parser->run, "%s%s' takes at most %u values", kind_of(parser),
			  option->name, option->room);
		return -E2BIG;
	}
	element.value = (char *)option->value + *option->nr * option->size;
	(*option->nr)++;
	return store(parser, &element, text);
}

/* The values of a list have commas between them. */
static int store_all(struct parser *parser, const struct b2c_option *option, const char *text)
{
	char *copy, *item, *rest;
	int err = 0;

	if (!option->nr)
		return store(parser, option, text);
	copy = rest = strdup(text);
	if (!copy)
		return -ENOMEM;
	while (!err && (item = strsep(&rest, ",")))
		err = store_element(parser, option, item);
	free(copy);
	return err;
}

/* An option that sets what every tool has, if its value is none that means nothing. */
static void store_setting(struct b2c_settings *settings, const struct b2c_option *option)
{
	uint32_t value = option->sets ? *(const uint32_t *)option->value : 0;

	if (!value)
		return;
	if (option->sets == B2C_SETS_INTERVAL)
		settings->interval = value;
	else if (option->sets == B2C_SETS_COUNT)
		settings->count = value;
	else
		settings->duration = value;
}

/* What the command line gives takes the place of a list's default, then adds to itself. */
static int store_given(struct parser *parser, const struct b2c_option *option, const char *text)
{
	const struct b2c_tool *tool = parser->run->tool;
	size_t index = (size_t)(option - tool->options);
	int err;

	if (option->nr && index < tool->nr_options && !parser->given[index]) {
		parser->given[index] = true;
		*option->nr = 0;
	}
	err = store_all(parser, option, text);
	if (!err)
		store_setting(&parser->run->settings, option);
	return err;
}

static int store_initial(struct parser *parser)
{
	const struct b2c_tool *tool = parser->run->tool;
	size_t i;
	int err = 0;

	for (i = 0; i < tool->nr_options && !err; i++)
		if (tool->options[i].initial)
			err = store_all(parser, &tool->options[i], tool->options[i].initial);
	for (i = 0; i < tool->nr_options; i++)
		store_setting(&parser->run->settings, &tool->options[i]);
	return err;
}

/* Stores `attached` or, when that is NULL, the argument that follows. */
static int take_value(struct parser *parser, const struct b2c_option *option, const char *attached)
{
	if (option->type == B2C_OPTION_FLAG || option->type == B2C_OPTION_PORT)
		return store(parser, option, attached);
	if (!attached && parser->next < parser->argc)
		attached = parser->argv[parser->next++];
	if (attached)
		return store_given(parser, option, attached);
	b2c_error(parser->run, "option '--%s' needs a value", option->name);
	return -EINVAL;
}

static bool is_command(const struct parser *parser, const struct b2c_option *option)
{
	return option->value == &parser->run->settings.command;
}

/* All that follows --exec is the command's. */
static int take_command(struct parser *parser)
{
	if (parser->next == parser->argc) {
		b2c_error(parser->run, "option '--exec' needs a command after it");
		return -EINVAL;
	}
	parser->command = parser->argv + parser->next;
	parser->next = parser->argc;
	return 0;
}

static int parse_long(struct parser *parser, const char *arg)
{
	size_t n = strcspn(arg, "=");
	const struct b2c_option *option = n ? find_name(parser, arg, n) : NULL;

	if (!option) {
		b2c_error(parser->run, "unknown option '--%.*s' (see --help)", (int)n, arg);
		return -EINVAL;
	}
	if (arg[n] && option->type == B2C_OPTION_FLAG) {
		b2c_error(parser->run, "option '--%s' takes no value", option->name);
		return -EINVAL;
	}
	if (is_command(parser, option))
		return take_command(parser);
	return take_value(parser, option, arg[n] ? arg + n + 1 : NULL);
}

/* "-x", "-xy" of flags, "-p1", "-p 1". */
static int parse_short(struct parser *parser, const char *arg)
{
	int err = 0;

	for (; *arg && !err; arg++) {
		const struct b2c_option *option = find_letter(parser, *arg);

		if (!option) {
			b2c_error(parser->run, "unknown option '-%c' (see --help)", *arg);
			return -EINVAL;
		}
		if (option->type != B2C_OPTION_FLAG)
			return take_value(parser, option, arg[1] ? arg + 1 : NULL);
		err = take_value(parser, option, NULL);
	}
	return err;
}

/* The n-th word of the tool's arguments and its length; NULL when it takes fewer. */
static const char *argument_at(const struct b2c_tool *tool, size_t n, size_t *ret_length)
{
	const char *word = tool->arguments ? tool->arguments : "";

	for (; *word; word += *ret_length + (word[*ret_length] == ' ')) {
		*ret_length = strcspn(word, " ");
		if (!n--)
			return word;
	}
	return NULL;
}

/* [interval [count]], which no option of the tool sets. */
static int parse_round(struct b2c_run *run, const char *arg, bool is_interval)
{
	unsigned long number;
	char *end;

	errno = 0;
	number = strtoul(arg, &end, 10);
	if (end == arg || *end || errno || strchr(arg, '-') || number < 1 || number > INT_MAX) {
		b2c_error(run, "%s needs a number from 1, not '%s'",
			  is_interval ? "the interval in seconds" : "the count of intervals", arg);
		return -EINVAL;
	}
	*(is_interval ? &run->settings.interval : &run->settings.count) = (uint32_t)number;
	return 0;
}

static int parse_positional(struct parser *parser, const char *arg, size_t n)
{
	const struct b2c_option *option;
	size_t length = 0;
	const char *word = argument_at(parser->run->tool, n, &length);
	int err;

	if (!word) {
		b2c_error(parser->run, "unexpected argument '%s' (see --help)", arg);
		return -EINVAL;
	}
	option = find_name(parser, word, length);
	if (!option || option->name[length])
		return parse_round(parser->run, arg, !strncmp(word, "interval", length));
	parser->by_position = true;
	err = store_given(parser, option, arg);
	parser->by_position = false;
	return err;
}

static int check_settings(const struct b2c_run *run)
{
	int fd = run->settings.ready_fd;

	if (run->settings.json && run->settings.csv) {
		b2c_error(run, "options '--json' and '--csv' exclude each other");
		return -EINVAL;
	}
	if (run->settings.prometheus && (run->settings.json || run->settings.csv)) {
		b2c_error(run, "options '--prometheus' and '--%s' exclude each other",
			  run->settings.json ? "json" : "csv");
		return -EINVAL;
	}
	if (fd == -1 || fcntl(fd, F_GETFD) >= 0)
		return 0;
	b2c_error(run, "option '--ready-fd': descriptor %d is not open", fd);
	return -EBADF;
}

static int parse(struct b2c_run *run, struct parser *parser)
{
	bool only_positional = false;
	size_t nr_positional = 0;
	int err = store_initial(parser);

	while (!err && parser->next < parser->argc) {
		const char *arg = parser->argv[parser->next++];

		if (only_positional || arg[0] != '-' || !arg[1])
			err = parse_positional(parser, arg, nr_positional++);
		else if (strcmp(arg, "--") == 0)
			only_positional = true;
		else if (arg[1] == '-')
			err = parse_long(parser, arg + 2);
		else
			err = parse_short(parser, arg + 1);
		if (run->settings.help || run->settings.version)
			return err;
	}
	return err ? err : check_settings(run);
}

int b2c_options_parse(struct b2c_run *run, int argc, char **argv)
{
	struct parser parser = { .run = run, .argc = argc, .argv = argv, .next = 1 };
	int err = -ENOMEM;

	parser.given = calloc(run->tool->nr_options + 1, sizeof(*parser.given));
	parser.nr_built_ins = b2c_built_in_options(run, parser.built_ins);
	if (parser.given)
		err = parse(run, &parser);
	run->settings.command = parser.command;
	free(parser.given);
	return err;
}
