// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Text: a growing byte buffer for the runtime's own use, with the escaping that
 * strings of the kernel and of other processes need. Running out of memory is
 * remembered in `failed` and further text is dropped.
 */
#ifndef B2C_TEXT_H
#define B2C_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Zero-initialise to start; b2c_text_string() is always NUL-terminated. */
struct b2c_text {
	char *data;
	size_t size;
	size_t room;
	bool failed;
};

void b2c_text_add(struct b2c_text *text, const char *s, size_t n);
void b2c_text_puts(struct b2c_text *text, const char *s);
void b2c_text_fill(struct b2c_text *text, char c, size_t n);
/* Where `n` bytes more go; NULL without memory. They are taken up to what took() is given. */
char *b2c_text_room(struct b2c_text *text, size_t n);
void b2c_text_took(struct b2c_text *text, char *end);
void b2c_text_printf(struct b2c_text *text, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The decimal digits of a number, with a NUL. Returns how many. */
#define B2C_NUMBER_SIZE 24
size_t b2c_format_number(char cell[B2C_NUMBER_SIZE], unsigned long long value);

/*
 * The fewest digits that read back as the same number, for seconds counted in nanoseconds,
 * from a tenth of a millisecond to a million seconds. Returns how many, 0 for others.
 */
size_t b2c_format_seconds(char cell[2 * B2C_NUMBER_SIZE], double value);

/* What "%.*f" gives, into `size` bytes, enough for it. */
size_t b2c_format_fixed(char *cell, size_t size, double value, int precision);

const char *b2c_text_string(const struct b2c_text *text);
void b2c_text_trim(struct b2c_text *text); /* blanks at the end */
void b2c_text_clear(struct b2c_text *text);
void b2c_text_free(struct b2c_text *text);

/* Appends a whole file, for those of /proc and /sys too. Returns 0 or -errno. */
int b2c_text_read_file(struct b2c_text *text, const char *path);

/* Appends `n` bytes with what could steer a terminal, and bytes that are no UTF-8, as \xNN. */
void b2c_text_escaped(struct b2c_text *text, const char *s, size_t n);

/* Appends `n` bytes as a JSON string with its quotes; bytes that are no UTF-8 as \\xNN. */
void b2c_text_json(struct b2c_text *text, const char *s, size_t n);

/* Appends `n` bytes as a field of CSV, in quotes where RFC 4180 wants them. */
void b2c_text_csv(struct b2c_text *text, const char *s, size_t n);

/* How many bytes from here on are printable ASCII; `json`: and need no escape there. */
size_t b2c_text_plain(const char *s, size_t n, bool json);

/* Columns that `n` bytes of UTF-8 take: code points. */
size_t b2c_text_width(const char *s, size_t n);

/* The most of `n` bytes of UTF-8 that take no more than `width` columns. */
size_t b2c_text_fit(const char *s, size_t n, size_t width);

#endif
