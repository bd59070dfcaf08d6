// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Tables: one row per element of a hash or array map.
 */
#ifndef B2C_TABLE_H
#define B2C_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include <b2c/print.h>

struct bpf_map;
struct b2c_run;

/* Rows are sorted by `order`, largest first. */
struct b2c_table {
	const char *name;  /* "table" of JSON; NULL: without */
	const char *title; /* line of text above the header; NULL: none */
	const struct b2c_column *columns;
	size_t nr_columns;
	void (*put)(struct b2c_row *row, const void *key, const void *value); /* the whole row */
	double (*order)(const void *key, const void *value); /* NULL: as it comes */
	bool (*filter)(const void *key, const void *value);  /* false: no row; NULL: all */
	bool no_header;
	size_t key_size;				     /* checked against the map */
	size_t value_size;
	size_t sum_size;     /* per-CPU maps: integers of 4 or 8 bytes, summed over CPUs */
	size_t top;	     /* print so many; 0: all */
	bool every_interval; /* else only at the end */
	bool clear;	     /* empty the map after each print */
};

/* Elements of arrays whose value is all zero bytes are not printed. */
void b2c_print_table(struct b2c_run *run, struct bpf_map *map, const struct b2c_table *table);

#endif
