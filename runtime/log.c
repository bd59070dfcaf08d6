// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What libbpf says. Its messages are shown under --verbose only, but they are
 * the sole place where it names the program or map that failed, so warnings are
 * read in either case. Of a verifier's log the end is what matters.
 */
#define _GNU_SOURCE
#include <linux/bpf.h>
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
	char helper[NAME_SIZE];
	char reason[160]; /* the verifier's last words */
	const char *advice;
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

/*
 * Keeps the name out of "<byte_off> [7] struct request.rq_disk (0:5 @ offset 40)": the rest is
 * for who reads libbpf's own log.
 */
static void read_relocation(const char *log)
{
	const char *name;

	copy_rest(seen.relocation, sizeof(seen.relocation), log,
		  "failed to resolve CO-RE relocation ");
	name = strstr(seen.relocation, "] ");
	if (!name)
		return;
	memmove(seen.relocation, name + 2, strlen(name + 2) + 1);
	name = strstr(seen.relocation, " (");
	if (name)
		seen.relocation[name - seen.relocation] = '\0';
}

static const char *const helper_names[] = {
#define HELPER_NAME(name) "bpf_" #name
	__BPF_FUNC_MAPPER(HELPER_NAME)
#undef HELPER_NAME
};

/* A helper that the kernel does not know at all has no name there: "invalid func unknown#181". */
static void read_helper_number(const char *log)
{
	char number[16] = "";
	unsigned long id;

	copy_rest(number, sizeof(number), log, "invalid func unknown#");
	id = strtoul(number, NULL, 10);
	if (id && id < B2C_SIZE(helper_names))
		snprintf(seen.helper, sizeof(seen.helper), "%s", helper_names[id]);
}

/* One that programs of this type may not call is named: "unknown func bpf_loop#181". */
static void read_helper(const char *log)
{
	static const char *const words[] = {
		"unknown func ",
		"cannot use helper ",
	};
	size_t i;

	for (i = 0; i < B2C_SIZE(words); i++)
		copy_rest(seen.helper, sizeof(seen.helper), log, words[i]);
	seen.helper[strcspn(seen.helper, "#")] = '\0';
	if (!*seen.helper)
		read_helper_number(log);
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

/* Names of other programs are in it too: nothing but tabs and line breaks steers a terminal. */
static void show(const char *text, size_t n)
{
	struct b2c_text line = { 0 };
	size_t i = 0;

	while (i < n) {
		size_t plain = i;

		while (i < n && text[i] != '\n' && text[i] != '\t')
			i++;
		b2c_text_escaped(&line, text + plain, i - plain);
		if (i < n)
			b2c_text_add(&line, &text[i++], 1);
	}
	fputs(b2c_text_string(&line), stderr);
	b2c_text_free(&line);
}

static void show_verifier(const char *message, const char *begin)
{
	const char *end = strstr(begin, "-- END PROG LOAD LOG --");
	const char *log = strchr(begin, '\n');
	const char *from;

	if (!end || !log || log > end) {
		show(message, strlen(message));
		return;
	}
	from = tail(log + 1, end);
	fputs("end of the verifier's log:\n", stderr);
	show(from, (size_t)(end - from));
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
		read_relocation(begin);
		read_helper(begin);
		seen.advice = b2c_advice_on_log(begin, seen.reason, sizeof(seen.reason));
	} else if (level == LIBBPF_WARN) {
		read_warning(message);
	}
	if (seen.verbose && begin)
		show_verifier(message, begin);
	else if (seen.verbose)
		show(message, strlen(message));
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

const char *b2c_log_helper(void)
{
	return seen.helper;
}

const char *b2c_log_reason(void)
{
	return seen.reason;
}

const char *b2c_log_advice(void)
{
	return seen.advice;
}

bool b2c_log_has_verifier(void)
{
	return seen.has_verifier;
}

/* Linux's ENOTSUPP, which is not for user space and comes all the same: no trampolines, for one. */
#define KERNEL_ENOTSUPP 524

const char *b2c_strerror(int err)
{
	static char text[128];

	if (err == -KERNEL_ENOTSUPP)
		return "this kernel does not support it";

	libbpf_strerror(err, text, sizeof(text));
	return text;
}
