// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Text: a growing byte buffer; see text.h. */
#include "text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void text_reserve(struct b2c_text *text, size_t more)
{
	size_t room = text->room ? text->room : 256;

	while (room - text->size < more + 1)
		room *= 2;
	if (room == text->room)
		return;
	text->data = realloc(text->data, room);
	if (!text->data) {
		fputs("bcc2core: out of memory\n", stderr);
		_Exit(2);
	}
	text->room = room;
}

void text_append_n(struct b2c_text *text, const char *s, size_t n)
{
	text_reserve(text, n);
	if (n)
		memcpy(text->data + text->size, s, n);
	text->size += n;
	text->data[text->size] = '\0';
}

void text_append(struct b2c_text *text, const char *s)
{
	text_append_n(text, s, strlen(s));
}

void text_vprintf(struct b2c_text *text, const char *fmt, va_list args)
{
	va_list again;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	text_reserve(text, (size_t)n);
	vsnprintf(text->data + text->size, (size_t)n + 1, fmt, args);
	text->size += (size_t)n;
}

void text_printf(struct b2c_text *text, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	text_vprintf(text, fmt, args);
	va_end(args);
}

const char *text_string(const struct b2c_text *text)
{
	return text->data ? text->data : "";
}

void text_free(struct b2c_text *text)
{
	free(text->data);
	*text = (struct b2c_text){ 0 };
}

int text_read_file(struct b2c_text *text, const char *path)
{
	FILE *f = fopen(path, "rb");
	char chunk[8192];
	size_t n;
	int err = 0;

	if (!f)
		return -errno;
	errno = 0;
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		text_append_n(text, chunk, n);
	if (ferror(f))
		err = errno ? -errno : -EIO;
	fclose(f);
	return err;
}
