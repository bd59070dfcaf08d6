// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Rows of several records: what comes before the last record of a row is kept under a
 * key, such as a process, until that record comes. For print functions of events.
 */
#ifndef B2C_PARTS_H
#define B2C_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct b2c_row;
struct b2c_run;
struct b2c_kept_rows;

/* Bytes of all parts that wait for their rows; beyond that the oldest go, and are counted. */
#define B2C_PARTS_ROOM (4 * 1024 * 1024)

/* What the records of one part have in common: texts that are joined, or the last one whole. */
struct b2c_part {
	const char *separator; /* between texts; unused for a record or a path */
	bool path;	       /* texts are names of a path, from the file up to the root */
	bool first;	       /* begins a row: what is kept is of one without end */
};

struct b2c_parts {
	const struct b2c_part *items;
	size_t nr;
	struct b2c_kept_rows *kept; /* the runtime's */
};

/* Rows of the output added last are of several records. */
void b2c_gather_rows(struct b2c_run *run, struct b2c_parts *parts);

/* Keeps up to `size` bytes of text, or with 0 all up to its NUL. Returns 0 or -ENOMEM. */
int b2c_keep_text(struct b2c_row *row, uint64_t key, size_t part, const char *text, size_t size);
/* Keeps a copy of a record, in place of the one before. Returns 0 or -ENOMEM. */
int b2c_keep_record(struct b2c_row *row, uint64_t key, size_t part, const void *record,
		    size_t size);

/* The last record of a row has come: from here to the next call its parts can be read. */
void b2c_end_parts(struct b2c_row *row, uint64_t key);
bool b2c_has_part(const struct b2c_row *row, size_t part);
/* The texts that were kept, joined; "" if none were. */
const char *b2c_text_part(const struct b2c_row *row, size_t part);
/* The record that was kept, else `absent`. */
const void *b2c_record_part(const struct b2c_row *row, size_t part, const void *absent);
/* Takes note of a row that is not shown for want of a part; reported at the end. Returns 0. */
int b2c_row_lacks_part(struct b2c_row *row);

#endif
