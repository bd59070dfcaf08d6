// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The rows of a table: which elements of its map, in what order, and their sums. */
#ifndef B2C_TABLE_ROWS_H
#define B2C_TABLE_ROWS_H

#include "maps.h"
#include "run.h"

/* ---- table_read.c ---- */

/* Reads the map of a table and what is joined to it. To be ended in both cases. */
int b2c_table_read(struct b2c_run *run, const struct b2c_output *output, bool clear,
		   struct b2c_elements *ret_elements);
void b2c_table_done(const struct b2c_run *run, const struct b2c_output *output,
		    struct b2c_elements *elements);
/* One element, and the CPU that it is of. */
void b2c_table_element(const struct b2c_elements *elements, size_t index, const void **ret_key,
		       const void **ret_value);

/* A key that is a number. */
uint64_t b2c_key_number(const void *key, size_t size);

/* ---- table_rows.c ---- */

/*
 * The elements that are shown, as indices, first row first; *ret_nr of them. Arrays
 * lose the elements that are all zero bytes. NULL: out of memory. To be freed.
 */
size_t *b2c_table_rank(struct b2c_run *run, const struct b2c_output *output,
		       const struct b2c_elements *elements, size_t *ret_nr);

/* ---- table_totals.c ---- */

/* Of one column; whole numbers stay exact. */
struct b2c_sum {
	bool is_number; /* some cell was one */
	bool is_real;
	bool is_negative; /* some number was: `whole` is signed */
	uint64_t whole;
	double real;
};

/* Adds a cell of JSON or CSV, of which truth values are 0 and 1. False: it is no number. */
bool b2c_sum_take(struct b2c_sum *sum, const char *cell, size_t size);
void b2c_sum_add(struct b2c_sum *sum, const struct b2c_sum *other);
void b2c_sum_text(struct b2c_text *text, const struct b2c_sum *sum);

/* Whether an element is a row at all. */
static inline bool b2c_table_shows(const struct b2c_table *table, const void *key,
				   const void *value)
{
	return !table->filter || table->filter(key, value);
}

bool b2c_table_has_totals(const struct b2c_table *table);

/* Prints the sums over all elements as a last line, or as an object of JSON. */
int b2c_table_totals(struct b2c_run *run, struct b2c_output *output,
		     const struct b2c_elements *elements);

/* ---- join.c: behind pointers, for tables without joins link without it ---- */

struct b2c_joiner {
	/* `elements`: of the table's own map, read before; joins with `rows` add to them */
	int (*read)(struct b2c_run *run, const struct b2c_output *output,
		    struct b2c_elements *elements, bool clear);
	void (*free)(const struct b2c_table *table);
};

#endif
