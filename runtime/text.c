// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Text: a growing byte buffer; see text.h. */
#define _GNU_SOURCE
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PRINTF_GUESS 64

static bool text_grow(struct b2c_text *text, size_t more)
{
	size_t room = text->room ? text->room : 128;
	char *data;

	while (room - text->size < more + 1) {
		if (room > (size_t)-1 / 4) {
			text->failed = true;
			return false;
		}
		room *= 2;
	}
	if (room == text->room)
		return true;
	data = realloc(text->data, room);
	if (!data) {
		text->failed = true;
		return false;
	}
	text->data = data;
	text->room = room;
	return true;
}

static inline bool text_reserve(struct b2c_text *text, size_t more)
{
	if (text->failed)
		return false;
	return more < text->room - text->size || text_grow(text, more);
}

void b2c_text_add(struct b2c_text *text, const char *s, size_t n)
{
	if (!text_reserve(text, n))
		return;
	if (n)
		memcpy(text->data + text->size, s, n);
	text->size += n;
	text->data[text->size] = '\0';
}

void b2c_text_puts(struct b2c_text *text, const char *s)
{
	b2c_text_add(text, s, strlen(s));
}

void b2c_text_fill(struct b2c_text *text, char c, size_t n)
{
	if (!text_reserve(text, n))
		return;
	memset(text->data + text->size, c, n);
	text->size += n;
	text->data[text->size] = '\0';
}

char *b2c_text_room(struct b2c_text *text, size_t n)
{
	return text_reserve(text, n) ? text->data + text->size : NULL;
}

void b2c_text_took(struct b2c_text *text, char *end)
{
	*end = '\0';
	text->size = (size_t)(end - text->data);
}

void b2c_text_printf(struct b2c_text *text, const char *format, ...)
{
	va_list args, again;
	int n = -1;

	va_start(args, format);
	va_copy(again, args);
	/* most of what is printed is short: it is formatted once */
	if (text_reserve(text, PRINTF_GUESS))
		n = vsnprintf(text->data + text->size, PRINTF_GUESS + 1, format, again);
	va_end(again);
	if (n > PRINTF_GUESS && text_reserve(text, (size_t)n))
		n = vsnprintf(text->data + text->size, (size_t)n + 1, format, args);
	va_end(args);
	if (n >= 0 && !text->failed)
		text->size += (size_t)n;
	else if (text->data)
		text->data[text->size] = '\0';
}

const char *b2c_text_string(const struct b2c_text *text)
{
	return text->data ? text->data : "";
}

void b2c_text_trim(struct b2c_text *text)
{
	while (text->size && text->data[text->size - 1] == ' ')
		text->data[--text->size] = '\0';
}

void b2c_text_clear(struct b2c_text *text)
{
	text->size = 0;
	text->failed = false;
	if (text->data)
		text->data[0] = '\0';
}

void b2c_text_free(struct b2c_text *text)
{
	free(text->data);
	*text = (struct b2c_text){ 0 };
}

int b2c_text_read_file(struct b2c_text *text, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = 0;
	int err = 0;

	if (fd < 0)
		return -errno;
	for (;;) {
		if (!text_reserve(text, 4096)) {
			err = -ENOMEM;
			break;
		}
		n = read(fd, text->data + text->size, text->room - text->size - 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			err = -errno;
		if (n <= 0)
			break;
		text->size += (size_t)n;
		text->data[text->size] = '\0';
	}
	close(fd);
	return err;
}
