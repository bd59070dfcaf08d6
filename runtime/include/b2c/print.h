// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Rows: one event, table element or section value, as columns of text or as
 * one JSON object. A print function calls b2c_row_begin(), then one b2c_put*()
 * a column in the order of the columns, then b2c_row_end().
 *
 * Text wider than its column is cut only at the end of a row on a terminal. Strings come
 * from the kernel and from other processes: bytes that are no printable UTF-8 become \xNN.
 */
#ifndef B2C_PRINT_H
#define B2C_PRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct b2c_row;

#define B2C_NO_DECIMALS (-1) /* a precision of none, of text nothing */

/* What a number is called. */
struct b2c_name {
	uint64_t number;
	const char *name;
};

struct b2c_column {
	const char *header;
	const char *(*header_of)(void); /* the header that options choose; NULL: `header` */
	const char *key; /* of JSON */
	int width;	 /* negative: left-aligned, as in printf; 0: as wide as the text */
	size_t indent;	 /* blanks before it, beside the one between columns */
	int precision;	 /* decimals of a float, characters of text; 0: as many as it needs */
	bool (*when)(void); /* false: neither the column nor its header is there; NULL: always */
	const char *format; /* of a time, as of strftime(3); NULL: "%H:%M:%S" */
	const struct b2c_name *names; /* of an enum or of flags, in the order they are tried */
	size_t nr_names;
	const char *kernel_enum; /* "skb_drop_reason", or one of its names */
	const char *prefix;	 /* of its names, left out; NULL: none */
	const char *unnamed;	 /* of a number without a name, which %d and %x are; NULL: it */
	bool total;	 /* of a table: summed up in its last line */
	bool label;	 /* of a table: part of the key, which labels metrics */
	bool below;	 /* a stack: in text lines below the row, without a header */
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
void b2c_put_syscall(struct b2c_row *row, long long number);	 /* "openat" from 257 */
void b2c_put_user(struct b2c_row *row, uint32_t uid);		 /* "root" from 0 */
void b2c_put_cgroup(struct b2c_row *row, uint64_t id);		 /* "/system.slice/cron.service" */
void b2c_put_bytes(struct b2c_row *row, long long size);	 /* "1.5K"; JSON: the number */
void b2c_put_enum(struct b2c_row *row, long long value);	 /* by the column's names */
void b2c_put_kernel_enum(struct b2c_row *row, long long value);	 /* by those of the host's BTF */
void b2c_put_flags(struct b2c_row *row, uint64_t value);	 /* "READ|WRITE|0x40" */

/* What is written of a symbol beside its name. */
enum b2c_symbol_part {
	B2C_SYMBOL_OFFSET = 1, /* "tcp_sendmsg+0x1f" */
	B2C_SYMBOL_MODULE = 2, /* "tcp_sendmsg [kernel]" */
};

/* The kernel function at an address: "tcp_sendmsg", "[unknown]"; in JSON else the address. */
void b2c_put_ksym(struct b2c_row *row, uint64_t address);
void b2c_put_ksym_parts(struct b2c_row *row, uint64_t address, unsigned int parts);

/* The same of a process (its tgid). A tool that has any calls b2c_watch_processes() first. */
void b2c_put_usym(struct b2c_row *row, uint32_t pid, uint64_t address, unsigned int parts);

/*
 * The frames of a stack, innermost first: "\tNAME" below the row, then an empty line; in
 * JSON an array, or null when there is none. `map` is the name of the map with stacks, `id`
 * what bpf_get_stackid() returned.
 */
void b2c_put_kernel_stack(struct b2c_row *row, const char *map, int64_t id, unsigned int parts);
void b2c_put_user_stack(struct b2c_row *row, const char *map, uint32_t pid, int64_t id,
			unsigned int parts);

/* Times of bpf_ktime_get_ns(). */
void b2c_put_time(struct b2c_row *row, uint64_t ns);	    /* local; JSON: RFC 3339 in UTC */
void b2c_put_since_start(struct b2c_row *row, uint64_t ns); /* seconds */
void b2c_put_delta(struct b2c_row *row, uint64_t ns);	    /* seconds since the row before */

/* So many bytes as text, those behind a NUL too, and as "de ad be ef" (JSON: "deadbeef"). */
void b2c_put_chars(struct b2c_row *row, const void *text, size_t size);
void b2c_put_hexdump(struct b2c_row *row, const void *data, size_t size);

/* A size that a record claims, within the memory that there is. */
static inline size_t b2c_at_most(long long size, size_t room)
{
	if (size <= 0)
		return 0;
	return (unsigned long long)size < room ? (size_t)size : room;
}

#endif
