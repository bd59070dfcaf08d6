// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What libbpf says. Its messages are shown under --verbose only, but they are
 * the sole place where it names the program or map that failed, so warnings are
 * read in either case. Of a verifier's log the end is what matters.
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

#define VERIFIER_LINES 20
#define NAME_SIZE 128

static struct {
	bool verbose;
	bool has_verifier;
	char program[NAME_SIZE];
	char map[NAME_SIZE];
	char pin[NAME_SIZE]; /* where there is a map that is not alike */
	char warning[512];
	char relocation[256];
} seen;

/* Copies NAME out of "... PREFIX'NAME'..." . */
static void copy_name(char *name, const char *message, const char *prefix)
{
	const char *start = strstr(message, prefix);
	size_t n;

	if (!start)
		return;
	start += strlen(prefix);
	n = strcspn(start, "'");
	if (n >= NAME_SIZE)
		n = NAME_SIZE - 1;
	memcpy(name, start, n);
	name[n] = '\0';
}

/* Copies the rest of the line after PREFIX. */
static void copy_rest(char *rest, size_t size, const char *message, const char *prefix)
{
	const char *start = strstr(message, prefix);

	if (!start)
		return;
	snprintf(rest, size, "%s", start + strlen(prefix));
	rest[strcspn(rest, "\n")] = '\0';
}

/* The last lines of `log`, which ends before `end`. */
static const char *tail(const char *log, const char *end)
{
	int lines = 0;

	while (end > log) {
		if (end[-1] == '\n' && lines++ == VERIFIER_LINES)
			break;
		end--;
	}
	return end;
}

static void show_verifier(const char *message, const char *begin)
{
	const char *end = strstr(begin, "-- END PROG LOAD LOG --");
	const char *log = strchr(begin, '\n');
	const char *from;

	if (!end || !log || log > end) {
		fputs(message, stderr);
		return;
	}
	from = tail(log + 1, end);
	fprintf(stderr, "end of the verifier's log:\n%.*s", (int)(end - from), from);
}

static void read_warning(const char *message)
{
	if (strstr(message, "BPF program load failed"))
		copy_name(seen.program, message, "prog '");
	else if (strstr(message, "failed to create"))
		copy_name(seen.map, message, "map '");
	copy_name(seen.pin, message, "couldn't reuse pinned map at '");
	/* these only repeat that something failed before */
	if (strstr(message, "failed to load object") ||
	    strstr(message, "failed to load BPF skeleton"))
		return;
	if (strncmp(message, "libbpf: ", 8) == 0)
		message += 8;
	snprintf(seen.warning, sizeof(seen.warning), "%s", message);
	seen.warning[strcspn(seen.warning, "\n")] = '\0';
}

__attribute__((format(printf, 2, 0))) static int hear(enum libbpf_print_level level,
						      const char *format, va_list args)
{
	char *message = NULL;
	const char *begin;

	if (level != LIBBPF_WARN && !seen.verbose)
		return 0;
	if (vasprintf(&message, format, args) < 0)
		return 0;
	begin = strstr(message, "-- BEGIN PROG LOAD LOG --");
	if (begin) {
		seen.has_verifier = true;
		copy_rest(seen.relocation, sizeof(seen.relocation), begin,
			  "failed to resolve CO-RE relocation ");
	} else if (level == LIBBPF_WARN) {
		read_warning(message);
	}
	if (seen.verbose && begin)
		show_verifier(message, begin);
	else if (seen.verbose)
		fputs(message, stderr);
	free(message);
	return 0;
}

void b2c_log_start(bool verbose)
{
	memset(&seen, 0, sizeof(seen));
	seen.verbose = verbose;
	libbpf_set_print(hear);
}

const char *b2c_log_failed_program(void)
{
	return seen.program;
}

const char *b2c_log_failed_map(void)
{
	return seen.map;
}

const char *b2c_log_failed_pin(void)
{
	return seen.pin;
}

const char *b2c_log_last_warning(void)
{
	return seen.warning;
}

const char *b2c_log_relocation(void)
{
	return seen.relocation;
}

bool b2c_log_has_verifier(void)
{
	return seen.has_verifier;
}

const char *b2c_strerror(int err)
{
	static char text[128];

	libbpf_strerror(err, text, sizeof(text));
	return text;
}
