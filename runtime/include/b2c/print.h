// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Rows: one event, table element or section value, as columns of text or as
 * one JSON object. A print function calls b2c_row_begin(), then one b2c_put*()
 * a column in the order of the columns, then b2c_row_end().
 *
 * Text wider than its column is never cut. Strings come from the kernel and
 * from other processes: bytes that are no printable UTF-8 become \xNN.
 */
#ifndef B2C_PRINT_H
#define B2C_PRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct b2c_row;

#define B2C_NO_DECIMALS (-1)

struct b2c_column {
	const char *header;
	const char *key; /* of JSON */
	int width;	 /* negative: left-aligned, as in printf; 0: as wide as the text */
	int precision;	 /* decimals of a float; 0: as many as it needs; B2C_NO_DECIMALS */
	bool (*when)(void); /* false: neither the column nor its header is there; NULL: always */
};

/* ---- a row ---- */

void b2c_row_begin(struct b2c_row *row);

/* Writes the row. Returns 0, or -errno when stdout is gone: pass it on. */
int b2c_row_end(struct b2c_row *row);

/* Takes note of a record of fewer bytes than its struct; reported at the end. Returns 0. */
int b2c_row_short(struct b2c_row *row, size_t size);

/* ---- one value: by its C type... ---- */

/* Integers of every width, bool, floating values and NUL-terminated strings. */
#define b2c_put(row, value)                       \
	_Generic((value),                         \
		_Bool: b2c_put_bool,              \
		char: b2c_put_int,                \
		signed char: b2c_put_int,         \
		short: b2c_put_int,               \
		int: b2c_put_int,                 \
		long: b2c_put_int,                \
		long long: b2c_put_int,           \
		unsigned char: b2c_put_uint,      \
		unsigned short: b2c_put_uint,     \
		unsigned int: b2c_put_uint,       \
		unsigned long: b2c_put_uint,      \
		unsigned long long: b2c_put_uint, \
		float: b2c_put_float,             \
		double: b2c_put_float,            \
		char *: b2c_put_text,             \
		const char *: b2c_put_text,       \
		void *: b2c_put_pointer,          \
		const void *: b2c_put_pointer)(row, value)

void b2c_put_bool(struct b2c_row *row, bool value); /* true, false; in text 1, 0 */
void b2c_put_int(struct b2c_row *row, long long value);
void b2c_put_uint(struct b2c_row *row, unsigned long long value);
void b2c_put_float(struct b2c_row *row, double value);	      /* JSON: exact; null if infinite */
void b2c_put_text(struct b2c_row *row, const char *text);     /* NUL-terminated; NULL: "" */
void b2c_put_pointer(struct b2c_row *row, const void *value); /* as hex */

/* ---- ...or by what it means ---- */

/* Stops at a NUL or after `size` bytes. */
void b2c_put_string(struct b2c_row *row, const char *text, size_t size);
void b2c_put_comm(struct b2c_row *row, const char *comm, size_t size);
void b2c_put_hex(struct b2c_row *row, uint64_t value); /* 0x1f; a string in JSON */
void b2c_put_pid(struct b2c_row *row, int pid);
void b2c_put_ip4(struct b2c_row *row, uint32_t address);	 /* network byte order */
void b2c_put_ip6(struct b2c_row *row, const void *address);	 /* 16 bytes, network byte order */
void b2c_put_port(struct b2c_row *row, uint16_t port);		 /* host byte order */
void b2c_put_errno(struct b2c_row *row, long long error);	 /* "ENOENT" from 2 or -2 */
void b2c_put_signal(struct b2c_row *row, int signal);		 /* "SIGKILL" from 9 */
void b2c_put_device(struct b2c_row *row, uint32_t device);	 /* dev_t of the kernel: "sda" */
void b2c_put_ksym(struct b2c_row *row, uint64_t address);	 /* "tcp_sendmsg"; else 0x... */
void b2c_put_ksym_offset(struct b2c_row *row, uint64_t address); /* "tcp_sendmsg+0x1f" */

#endif
