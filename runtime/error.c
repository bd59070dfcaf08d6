// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Messages: one line "TOOL: message" on stderr, in one write, free of what
 * could steer a terminal.
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "run.h"

static void write_line(const struct b2c_run *run, const char *format, va_list args)
{
	struct b2c_text line = { 0 };
	char *message = NULL;
	ssize_t written;
	int n = vasprintf(&message, format, args);

	if (n < 0)
		return;
	b2c_text_printf(&line, "%s: ", run ? run->tool->name : "b2c");
	b2c_text_escaped(&line, message, (size_t)n);
	b2c_text_add(&line, "\n", 1);
	/* rows already printed come before the message that follows them */
	fflush(stdout);
	written = write(STDERR_FILENO, b2c_text_string(&line), line.size);
	(void)written; /* nowhere left to complain */
	b2c_text_free(&line);
	free(message);
}

void b2c_error(const struct b2c_run *run, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	write_line(run, format, args);
	va_end(args);
}

void b2c_note(const struct b2c_run *run, const char *format, ...)
{
	va_list args;

	if (!run->settings.verbose)
		return;
	va_start(args, format);
	write_line(run, format, args);
	va_end(args);
}

void b2c_text_names(struct b2c_text *text, const char *const *names)
{
	size_t i;

	for (i = 0; names[i]; i++)
		b2c_text_printf(text, "%s'%s'", i ? ", " : "", names[i]);
}
