// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Text: a growing byte buffer that every generator writes into. Running out
 * of memory ends the process with exit status 2.
 */
#ifndef B2C_TEXT_H
#define B2C_TEXT_H

#include <stdarg.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Zero-initialise to start; `data` is always NUL-terminated once appended to. */
struct b2c_text {
	char *data;
	size_t size;
	size_t room;
};

void text_append(struct b2c_text *text, const char *s);
void text_append_n(struct b2c_text *text, const char *s, size_t n);
void text_printf(struct b2c_text *text, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void text_vprintf(struct b2c_text *text, const char *fmt, va_list args);

/* The contents as a string: "" when nothing was appended. */
const char *text_string(const struct b2c_text *text);
void text_free(struct b2c_text *text);

/* Appends a whole file. Returns 0 or -errno. */
int text_read_file(struct b2c_text *text, const char *path);

#ifdef __cplusplus
}
#endif

#endif
