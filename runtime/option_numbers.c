// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Options that are numbers with a meaning, and words; see options.h. */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

#define COMM_SIZE 16

static int read_port(const struct b2c_run *run, const struct b2c_option *option, const char *text)
{
	unsigned long number;
	char *end;

	(void)run;
	errno = 0;
	number = strtoul(text, &end, 10);
	if (!isdigit((unsigned char)*text) || *end || errno || number > UINT16_MAX)
		return -EINVAL;
	*(uint16_t *)option->value = (uint16_t)number;
	return 0;
}

const struct b2c_option_read b2c_read_port = {
	.read = read_port, .wanted = "a port from 0 to 65535", .argument = "PORT",
};

static int read_comm(const struct b2c_run *run, const struct b2c_option *option, const char *text)
{
	(void)run;
	if (strlen(text) >= COMM_SIZE)
		return -EINVAL;
	memset(option->value, 0, COMM_SIZE); /* BPF compares the whole array */
	memcpy(option->value, text, strlen(text));
	return 0;
}

const struct b2c_option_read b2c_read_comm = {
	.read = read_comm, .wanted = "a name of at most 15 bytes", .argument = "COMM",
};

/* "TERM", "SIGTERM", "15"; those in real time by their numbers. */
static int read_signal(const struct b2c_run *run, const struct b2c_option *option,
		       const char *text)
{
	const char *name = strncasecmp(text, "SIG", 3) == 0 ? text + 3 : text;
	unsigned long number = 0;
	char *end = NULL;
	int i;

	(void)run;
	if (isdigit((unsigned char)*text))
		number = strtoul(text, &end, 10);
	for (i = 1; !end && i < 32 && !number; i++)
		if (sigabbrev_np(i) && !strcasecmp(sigabbrev_np(i), name))
			number = (unsigned long)i;
	if (number < 1 || number > (unsigned long)SIGRTMAX || (end && *end))
		return -EINVAL;
	*(uint32_t *)option->value = (uint32_t)number;
	return 0;
}

const struct b2c_option_read b2c_read_signal = {
	.read = read_signal, .wanted = "a signal such as TERM or 15", .argument = "SIGNAL",
};

/* ---- units ---- */

struct unit {
	const char *name;
	double factor;
};

/* A number, perhaps with decimals, and a unit. Whole ones are exact. */
static int read_unit(const struct b2c_option *option, const char *text, const struct unit *units)
{
	size_t digits = strspn(text, "0123456789"), n = strspn(text, "0123456789.");
	unsigned long long whole;
	uint64_t factor;
	double value;
	char *end;

	for (; units->name && strcmp(units->name, text + n); units++)
		;
	if (!digits || !units->name)
		return -EINVAL;
	factor = (uint64_t)units->factor;
	errno = 0;
	whole = strtoull(text, NULL, 10);
	if (digits == n) {
		if (errno || whole > UINT64_MAX / factor)
			return -EINVAL;
		*(uint64_t *)option->value = whole * factor;
		return 0;
	}
	value = strtod(text, &end) * units->factor;
	if (end != text + n || value >= 0x1p64)
		return -EINVAL;
	*(uint64_t *)option->value = (uint64_t)(value + 0.5);
	return 0;
}

static int read_duration(const struct b2c_run *run, const struct b2c_option *option,
			 const char *text)
{
	static const struct unit units[] = {
		{ "", 1e9 },   { "ns", 1 },	{ "us", 1e3 },	 { "ms", 1e6 }, { "s", 1e9 },
		{ "m", 60e9 }, { "h", 3600e9 }, { "d", 86400e9 }, { 0 },
	};

	(void)run;
	return read_unit(option, text, units);
}

const struct b2c_option_read b2c_read_duration = {
	.read = read_duration, .wanted = "a time such as 10ms, 1.5s or 2m", .argument = "TIME",
};

static int read_bytes(const struct b2c_run *run, const struct b2c_option *option, const char *text)
{
	static const struct unit units[] = {
		{ "", 1 },	{ "k", 0x1p10 }, { "K", 0x1p10 }, { "M", 0x1p20 },
		{ "G", 0x1p30 }, { "T", 0x1p40 }, { 0 },
	};

	(void)run;
	return read_unit(option, text, units);
}

const struct b2c_option_read b2c_read_bytes = {
	.read = read_bytes, .wanted = "a number of bytes such as 512, 4k or 1M", .argument = "SIZE",
};

static int read_float(const struct b2c_run *run, const struct b2c_option *option, const char *text)
{
	double number;
	char *end;

	(void)run;
	number = strtod(text, &end);
	if (end == text || *end || !isfinite(number))
		return -EINVAL;
	*(double *)option->value = number;
	return 0;
}

const struct b2c_option_read b2c_read_float = {
	.read = read_float, .wanted = "a number", .argument = "N",
};

/* ---- words ---- */

static int read_choice(const struct b2c_run *run, const struct b2c_option *option,
		       const char *text)
{
	struct b2c_text words = { 0 };
	uint32_t i;

	for (i = 0; option->choices[i]; i++) {
		if (strcmp(option->choices[i], text) != 0)
			continue;
		*(uint32_t *)option->value = i;
		return 0;
	}
	b2c_text_names(&words, option->choices);
	b2c_error(run, "option '--%s' needs one of %s, not '%s'", option->name,
		  b2c_text_string(&words), text);
	b2c_text_free(&words);
	return -ENOENT;
}

const struct b2c_option_read b2c_read_choice = { .read = read_choice, .argument = "WORD" };
