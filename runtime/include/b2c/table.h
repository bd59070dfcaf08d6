// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Tables: one row per element of a hash or array map.
 */
#ifndef B2C_TABLE_H
#define B2C_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <b2c/derived.h>
#include <b2c/print.h>

struct bpf_map;
struct b2c_lines;
struct b2c_elements;
struct b2c_read;
struct b2c_run;

/*
 * Rows are sorted by `order`, largest first, or by a column: numbers from the
 * largest, text from A. Columns that are a `total` are summed up over all
 * elements in a last line.
 */
struct b2c_table {
	const char *name;  /* "table" of JSON; NULL: without */
	const char *title; /* line of text above the header; NULL: none */
	const char *(*title_of)(void); /* the one that options choose; NULL: `title` */
	const struct b2c_column *columns;
	size_t nr_columns;
	void (*put)(struct b2c_row *row, const void *key, const void *value); /* the whole row */
	struct b2c_join *joins; /* maps that the functions read besides */
	size_t nr_joins;
	/* adds one element to `totals`, which are zero before and whole when rows are made */
	void (*add)(const void *key, const void *value);
	double *totals;
	size_t nr_totals;
	double (*order)(const void *key, const void *value); /* NULL: as it comes */
	bool (*filter)(const void *key, const void *value);  /* false: no row; NULL: all */
	bool no_header;
	bool header_once; /* above the first rows alone */
	bool reversed;	  /* rows that are left, last first */
	bool summary;	  /* one row without an element, whose key and value are zero */
	size_t key_size;				     /* checked; 0: queues, stacks */
	size_t value_size;
	/* maps of maps: &b2c_read_inner_maps; sizes are those of the inner maps. NULL: no such */
	int (*read)(const struct bpf_map *map, const struct b2c_read *how,
		    struct b2c_elements *ret_elements);
	size_t outer_size;   /* then: of the outer map's key */
	size_t sum_size;     /* per-CPU maps: integers of 4 or 8 bytes, summed over CPUs */
	bool lists_cpus;     /* per-CPU maps: a row for each CPU with a value, see cpu() */
	size_t top;	     /* print so many; 0: all */
	size_t (*top_of)(void); /* the same from the command line; NULL: `top` */
	/* rows of the keys below this number alone, zeros where there is none; NULL: of all keys */
	long long (*rows_of)(void);
	const char *sort_key;	/* by what a column shows instead; NULL or "": by `order` */
	bool ascending;		/* with `sort_key`: numbers from the smallest, text from Z */
	bool every_interval;	/* else only at the end */
	uint32_t every; /* seconds, unless the command line gives an interval; 0: see above */
	bool clear;	/* empty the map after each print */
	bool (*when)(void);	 /* false: it is not printed; NULL: true */
	bool (*timestamp)(void); /* true: the time of day above each print; NULL: false */
	bool (*screen)(void);	 /* a line with the load above each print; true clears a terminal */
	bool no_last; /* at intervals, not at the end as well */
	bool has_above; /* lines in place of an empty line and the time */
	void (*above)(struct b2c_lines *lines); /* NULL: there are none */
	void (*below)(struct b2c_lines *lines); /* NULL: there are none */
};

/* Tables of maps of maps: the elements of all inner maps. */
int b2c_read_inner_maps(const struct bpf_map *map, const struct b2c_read *how,
			struct b2c_elements *ret_elements);
/* And the key of the outer map, of an element whose own key has `key_size` bytes. */
const void *b2c_outer_key(const void *key, size_t key_size);

/* Elements of arrays whose value is all zero bytes are not printed. */
void b2c_print_table(struct b2c_run *run, struct bpf_map *map, const struct b2c_table *table);

#endif
