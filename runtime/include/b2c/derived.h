// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Derived values for the expressions of tables: what other maps have under a key of
 * their own, and numbers made of others. Functions have their manifest name as a
 * function-like macro, so that a field may still be called so.
 */
#ifndef B2C_DERIVED_H
#define B2C_DERIVED_H

#include <stdbool.h>
#include <stddef.h>

struct bpf_map;
struct b2c_joined;
struct b2c_run;

/* A map that is read as a whole each time before the rows of its table are made. */
struct b2c_join {
	size_t key_size; /* checked against the map */
	size_t value_size;
	size_t sum_size;	    /* as that of a table */
	bool clear;		    /* empty the map after reading it */
	bool rows;		    /* what the table's map lacks of its keys are rows, too */
	struct bpf_map *map;	    /* by b2c_join_map() */
	struct b2c_joined *joined; /* the runtime's */
};

/* Before b2c_trace(). */
void b2c_join_map(struct b2c_run *run, struct b2c_join *join, struct bpf_map *map);

/* The value under a key, or zeros; as long as the rows of the table are made. */
const void *b2c_join(const struct b2c_join *join, const void *key);

/*
 * Seconds in which the map that is printed has counted: since it was cleared, else
 * since everything was attached. Never zero.
 */
#define seconds_counted() b2c_seconds_counted()
double b2c_seconds_counted(void);

/* So many a second. */
#define rate(number) ((double)(number) / b2c_seconds_counted())

/* 0 where nothing was counted. */
#define average(sum, number) b2c_quotient((double)(sum), (double)(number))
#define percent(part, whole) b2c_quotient(100.0 * (double)(part), (double)(whole))
double b2c_quotient(double dividend, double divisor);

/* What largest(EXPRESSION) is made of; it is never less than 0. */
static inline void b2c_keep_larger(double *largest, double number)
{
	if (number > *largest)
		*largest = number;
}

/*
 * The CPU of the row: that whose value it shows, in a table with a row for each; that
 * which submitted the record, of a perf buffer.
 */
#define cpu() b2c_row_cpu()
int b2c_row_cpu(void);

#endif
