// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The text of --help, from the tables of options. */
#define _GNU_SOURCE
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "run.h"

#define HELP_COLUMN 26

static bool is_seconds(const struct b2c_option *option)
{
	return option->sets == B2C_SETS_INTERVAL || option->sets == B2C_SETS_DURATION ||
	       !strcmp(option->name, "duration");
}

static const char *argument_name(const struct b2c_option *option)
{
	if (option->argument)
		return option->argument;
	switch (option->type) {
	case B2C_OPTION_FLAG:
		return "";
	case B2C_OPTION_STRING:
	case B2C_OPTION_WORDS:
		return "TEXT";
	case B2C_OPTION_PID:
		return "PID";
	case B2C_OPTION_PORT:
		return "[=PORT]";
	case B2C_OPTION_VALUE:
		return option->read->argument;
	default:
		return is_seconds(option) ? "SECONDS" : "N";
	}
}

static void add_argument(struct b2c_text *text, const struct b2c_option *option)
{
	const char *name = argument_name(option);
	size_t i;

	for (i = 0; option->choices && option->choices[i]; i++)
		b2c_text_printf(text, "%s%s", i ? "|" : " ", option->choices[i]);
	if (i)
		name = "";
	if (*name && *name != '[')
		b2c_text_puts(text, " ");
	b2c_text_puts(text, name);
	if (option->nr)
		b2c_text_puts(text, ",...");
}

/* " [default: 10]"; nothing when the default is zero, empty or off. */
static void add_default(struct b2c_text *text, const struct b2c_option *option)
{
	const void *value = option->value;
	int64_t number = 0;

	if (option->initial && *option->initial)
		b2c_text_printf(text, " [default: %s]", option->initial);
	if (option->initial || option->nr)
		return;
	switch (option->type) {
	case B2C_OPTION_STRING:
		if (option->size && *(const char *)value)
			b2c_text_printf(text, " [default: %.*s]", (int)option->size,
					(const char *)value);
		return;
	case B2C_OPTION_U64:
		if (*(const uint64_t *)value)
			b2c_text_printf(text, " [default: %" PRIu64 "]", *(const uint64_t *)value);
		return;
	case B2C_OPTION_S64:
		number = *(const int64_t *)value;
		break;
	case B2C_OPTION_S32:
		number = *(const int32_t *)value;
		break;
	case B2C_OPTION_U32:
	case B2C_OPTION_PID:
		number = *(const uint32_t *)value;
		break;
	case B2C_OPTION_FLAG:
	case B2C_OPTION_WORDS:
	case B2C_OPTION_PORT:
	case B2C_OPTION_VALUE:
		break;
	}
	if (number)
		b2c_text_printf(text, " [default: %" PRId64 "]", number);
}

static void add_option(struct b2c_text *text, const struct b2c_option *option, bool show_default)
{
	size_t start = text->size, used;

	if (option->letter)
		b2c_text_printf(text, "  -%c, ", option->letter);
	else
		b2c_text_puts(text, "      ");
	b2c_text_printf(text, "--%s", option->name);
	add_argument(text, option);
	used = text->size - start;
	if (used + 2 > HELP_COLUMN) {
		b2c_text_add(text, "\n", 1);
		used = 0;
	}
	b2c_text_fill(text, ' ', HELP_COLUMN - used);
	b2c_text_puts(text, option->help ? option->help : "");
	if (show_default)
		add_default(text, option);
	b2c_text_add(text, "\n", 1);
}

static bool has_letter(const struct b2c_tool *tool, char letter)
{
	size_t i;

	for (i = 0; i < tool->nr_options; i++)
		if (tool->options[i].letter == letter)
			return true;
	return false;
}

#define HELP_WIDTH 80

/* One line of `rows`, broken between its words; `n` bytes. */
static void add_rows(struct b2c_text *text, const char *line, size_t n)
{
	size_t used = 0, i = 0, word;

	for (; i < n; i += word + 1) {
		for (word = 0; i + word < n && line[i + word] != ' '; word++)
			continue;
		if (used && used + 1 + word > HELP_WIDTH) {
			b2c_text_puts(text, "\n");
			used = 0;
		}
		b2c_text_puts(text, used ? " " : i ? "      " : "  ");
		used += used ? 1 : i ? 6 : 2;
		b2c_text_add(text, line + i, word);
		used += word;
	}
	b2c_text_puts(text, "\n");
}

static void add_all_rows(struct b2c_text *text, const char *rows)
{
	size_t n;

	b2c_text_puts(text, "\nKeys of --json and --csv:\n");
	for (; *rows; rows += n + (rows[n] == '\n')) {
		n = strcspn(rows, "\n");
		add_rows(text, rows, n);
	}
}

/* " [interval [count]]": each word can be there only behind the one before. */
static void add_arguments(struct b2c_text *text, const char *words)
{
	size_t nr = 0, n;

	for (; *words; words += n + (words[n] == ' ')) {
		n = strcspn(words, " ");
		b2c_text_puts(text, " [");
		b2c_text_add(text, words, n);
		nr++;
	}
	b2c_text_fill(text, ']', nr);
}

/* Whether the command line can say how often maps are printed. */
static bool prints_rounds(const struct b2c_tool *tool)
{
	const char *words = tool->arguments ? tool->arguments : "";
	size_t n = strlen("interval"), i;

	for (i = 0; i < tool->nr_options; i++)
		if (tool->options[i].sets == B2C_SETS_INTERVAL)
			return true;
	for (; words; words = strchr(words, ' ')) {
		words += *words == ' ';
		if (!strncmp(words, "interval", n) && (!words[n] || words[n] == ' '))
			return true;
	}
	return false;
}

void b2c_print_help(const struct b2c_tool *tool, const struct b2c_option *built_ins,
		    size_t nr_built_ins)
{
	struct b2c_text text = { 0 };
	size_t i;

	b2c_text_printf(&text, "Usage: %s [options]", tool->name);
	add_arguments(&text, tool->arguments ? tool->arguments : "");
	b2c_text_add(&text, "\n", 1);
	if (tool->summary && *tool->summary)
		b2c_text_printf(&text, "\n%s\n", tool->summary);
	b2c_text_puts(&text, "\nOptions:\n");
	for (i = 0; i < tool->nr_options; i++)
		add_option(&text, &tool->options[i], true);
	for (i = 0; i < nr_built_ins; i++) {
		struct b2c_option option = built_ins[i];

		if (has_letter(tool, option.letter))
			option.letter = 0;
		add_option(&text, &option, false);
	}
	if (prints_rounds(tool))
		b2c_text_puts(&text,
			      "\nWith an interval, in seconds, maps are printed each time it "
			      "has passed, else at the end.\n");
	if (tool->rows)
		add_all_rows(&text, tool->rows);
	fputs(b2c_text_string(&text), stdout);
	b2c_text_free(&text);
}
