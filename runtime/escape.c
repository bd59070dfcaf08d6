// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Escaping of strings that other programs chose: file names, command names,
 * trace lines. What is printed cannot move the cursor, hide text or break JSON.
 */
#include <stdint.h>
#include <string.h>

#include "text.h"

/* Bytes of the UTF-8 sequence at `s` and its code point; 0 if it is none. */
static size_t utf8_decode(const char *s, size_t n, uint32_t *ret_code)
{
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	uint8_t first = (uint8_t)s[0];
	size_t size = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	uint32_t code;
	size_t i;

	if (first > 0xf4 || size == 0 || size > n)
		return 0;
	code = size == 1 ? first : first & (0x7fu >> size);
	for (i = 1; i < size; i++) {
		if (((uint8_t)s[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | ((uint8_t)s[i] & 0x3f);
	}
	if (code < smallest[size] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
		return 0;
	*ret_code = code;
	return size;
}

/* Control characters, and those that reorder or break lines. */
static bool is_control(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x200e && code <= 0x200f) ||
	       (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

/* Eight bytes at once: a bit, or a value, in each of them. */
#define EACH(byte) (0x0101010101010101u * (byte))
#define HIGH EACH(0x80u)

static uint64_t eight_at(const char *s)
{
	uint64_t eight;

	memcpy(&eight, s, sizeof(eight));
	return eight;
}

/* Not 0 if any byte is. */
static uint64_t any_zero(uint64_t eight)
{
	return (eight - EACH(1u)) & ~eight & HIGH;
}

static bool are_plain(uint64_t eight, bool json)
{
	uint64_t not = ((eight - EACH(0x20u)) & ~eight) | (eight + EACH(1u)) | eight;

	return !(not & HIGH) &&
	       !(json && (any_zero(eight ^ EACH('"')) | any_zero(eight ^ EACH('\\'))));
}

size_t b2c_text_plain(const char *s, size_t n, bool json)
{
	size_t i = 0;

	while (i + 8 <= n && are_plain(eight_at(s + i), json))
		i += 8;
	for (; i < n && s[i] >= 0x20 && s[i] < 0x7f; i++)
		if (json && (s[i] == '"' || s[i] == '\\'))
			break;
	return i;
}

static void add_bytes(struct b2c_text *text, const char *s, size_t n, const char *format_prefix)
{
	size_t i;

	for (i = 0; i < n; i++)
		b2c_text_printf(text, "%s%02x", format_prefix, (unsigned int)(uint8_t)s[i]);
}

void b2c_text_escaped(struct b2c_text *text, const char *s, size_t n)
{
	size_t plain = b2c_text_plain(s, n, false), i = plain;
	uint32_t code;

	b2c_text_add(text, s, plain);
	while (i < n) {
		size_t size = utf8_decode(s + i, n - i, &code);

		if (size == 0 || is_control(code))
			add_bytes(text, s + i, size ? size : 1, "\\x");
		else
			b2c_text_add(text, s + i, size);
		i += size ? size : 1;
	}
}

void b2c_text_json(struct b2c_text *text, const char *s, size_t n)
{
	size_t plain = b2c_text_plain(s, n, true), i = plain;
	uint32_t code;

	b2c_text_add(text, "\"", 1);
	b2c_text_add(text, s, plain);
	while (i < n) {
		size_t size = utf8_decode(s + i, n - i, &code);

		if (size == 0)
			add_bytes(text, s + i, 1, "\\\\x");
		else if (code == '"' || code == '\\')
			b2c_text_printf(text, "\\%c", (char)code);
		else if (is_control(code))
			b2c_text_printf(text, "\\u%04x", code);
		else
			b2c_text_add(text, s + i, size);
		i += size ? size : 1;
	}
	b2c_text_add(text, "\"", 1);
}

void b2c_text_csv(struct b2c_text *text, const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (s[i] == ',' || s[i] == '"' || s[i] == '\r' || s[i] == '\n' || !s[i])
			break;
	if (i == n) {
		b2c_text_add(text, s, n);
		return;
	}
	b2c_text_add(text, "\"", 1);
	for (i = 0; i < n; i++)
		b2c_text_add(text, s[i] == '"' ? "\"\"" : &s[i], s[i] == '"' ? 2 : 1);
	b2c_text_add(text, "\"", 1);
}

size_t b2c_text_width(const char *s, size_t n)
{
	size_t width = 0, i = 0;

	for (; i + 8 <= n; i += 8) {
		uint64_t eight = eight_at(s + i), inner = eight & ~(eight << 1) & HIGH;

		width += 8 - ((inner >> 7) * EACH(1u) >> 56);
	}
	for (; i < n; i++)
		width += ((uint8_t)s[i] & 0xc0) != 0x80;
	return width;
}

size_t b2c_text_fit(const char *s, size_t n, size_t width)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (((uint8_t)s[i] & 0xc0) == 0x80)
			continue;
		if (!width--)
			break;
	}
	return i;
}
