// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Histograms from maps, drawn as bcc draws them.
 */
#ifndef B2C_HISTOGRAM_H
#define B2C_HISTOGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bpf_map;
struct b2c_lines;
struct b2c_row;
struct b2c_run;

enum b2c_scale {
	B2C_LOG2,   /* slot n holds 2^(n-1) .. 2^n - 1; at most 65 slots */
	B2C_LINEAR, /* slot n holds n, or from + n * step and what follows; at most 1025 slots */
	B2C_BUCKETS, /* slot n holds buckets[n] .. buckets[n + 1] - 1, the last one all above */
};

/*
 * The map's key is the slot, or a record with a slot member; the other bytes
 * of the key then tell one histogram (section) from the next. Values are
 * unsigned integers of 4 or 8 bytes, summed over CPUs in per-CPU maps.
 */
struct b2c_histogram {
	const char *name;  /* "histogram" of JSON */
	const char *title; /* line of text above it; NULL: none, as bcc */
	const char *(*title_of)(void); /* the one that options choose; NULL: `title` */
	enum b2c_scale scale;
	uint64_t step; /* of B2C_LINEAR; 0: 1, and shown as bcc does */
	uint64_t from;
	const uint64_t *buckets;
	size_t nr_buckets;
	const double *percentiles; /* a line of them below each histogram */
	size_t nr_percentiles;
	const char *unit; /* NULL: "value" */
	const char *(*unit_of)(void); /* the one that options choose; NULL: `unit` */
	size_t key_size;
	size_t slot_offset;
	size_t slot_size;					    /* 1, 2, 4 or 8 */
	const char *section_header;	   /* NULL: no sections, unless options choose one: */
	const char *(*section_header_of)(void);
	const char *section_key;				    /* of JSON; NULL: "section" */
	void (*section)(struct b2c_row *row, const void *key_data); /* one b2c_put*() */
	bool every_interval;					    /* else only at the end */
	uint32_t every; /* seconds, unless the command line gives an interval; 0: see above */
	bool clear;	/* start from zero after each print */
	bool (*when)(void);	 /* false: it is not printed; NULL: true */
	bool (*timestamp)(void); /* true: the time of day above each print; NULL: false */
	bool (*screen)(void);	 /* a line with the load above each print; true clears a terminal */
	bool no_last; /* at intervals, not at the end as well */
	bool has_above; /* lines in place of an empty line and the time */
	void (*above)(struct b2c_lines *lines); /* NULL: there are none */
	void (*below)(struct b2c_lines *lines); /* NULL: there are none */
};

void b2c_print_histogram(struct b2c_run *run, struct bpf_map *map,
			 const struct b2c_histogram *histogram);

#endif
