// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Histograms from maps, drawn as bcc draws them.
 */
#ifndef B2C_HISTOGRAM_H
#define B2C_HISTOGRAM_H

#include <stdbool.h>
#include <stddef.h>

struct bpf_map;
struct b2c_row;
struct b2c_run;

enum b2c_scale {
	B2C_LOG2,   /* slot n holds 2^(n-1) .. 2^n - 1; at most 65 slots */
	B2C_LINEAR, /* slot n holds n; at most 1025 slots */
};

/*
 * The map's key is the slot, or a record with a slot member; the other bytes
 * of the key then tell one histogram (section) from the next. Values are
 * unsigned integers of 4 or 8 bytes, summed over CPUs in per-CPU maps.
 */
struct b2c_histogram {
	const char *name;  /* "histogram" of JSON */
	const char *title; /* line of text above it; NULL: none, as bcc */
	enum b2c_scale scale;
	const char *unit; /* NULL: "value" */
	size_t key_size;
	size_t slot_offset;
	size_t slot_size;					    /* 1, 2, 4 or 8 */
	const char *section_header;				    /* NULL: no sections */
	const char *section_key;				    /* of JSON; NULL: "section" */
	void (*section)(struct b2c_row *row, const void *key_data); /* one b2c_put*() */
	bool every_interval;					    /* else only at the end */
	bool clear; /* start from zero after each print */
};

void b2c_print_histogram(struct b2c_run *run, struct bpf_map *map,
			 const struct b2c_histogram *histogram);

#endif
