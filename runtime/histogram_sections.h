// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The content of a histogram's map: one array of slots for each section. */
#ifndef B2C_HISTOGRAM_SECTIONS_H
#define B2C_HISTOGRAM_SECTIONS_H

#include "run.h"

/* Slots that bcc has room for. */
#define B2C_LOG2_SLOTS 65
#define B2C_LINEAR_SLOTS 1025

/* One histogram; `label` is the section's text, or its JSON member or CSV field. */
struct b2c_section {
	char *label;
	uint64_t *values;
};

struct b2c_sections {
	const struct b2c_histogram *histogram;
	int nr_slots;
	struct b2c_section *items;
	size_t nr;
	uint64_t nr_outside; /* counts in slots that no histogram has */
};

/*
 * Reads the map of a histogram, and empties it if `clear`. `row` makes the labels
 * of sections, in its own format. Returns 0 or -errno; the sections are the caller's
 * to free in both cases.
 */
int b2c_sections_read(const struct b2c_output *output, bool clear, struct b2c_row *row,
		      struct b2c_sections *ret_sections);
void b2c_sections_free(struct b2c_sections *sections);

/* The last slot that holds something; -1: none. */
int b2c_last_slot(const uint64_t *values, int nr);

/* The values that a slot holds. False: it has no highest. */
uint64_t b2c_slot_low(const struct b2c_histogram *histogram, unsigned int slot);
bool b2c_slot_high(const struct b2c_histogram *histogram, unsigned int slot, uint64_t *ret_high);

/*
 * The slot below or in which `percent` of all counts are; -1 when there are none.
 * A slot is all that is known of a value.
 */
int b2c_slot_of_percentile(const struct b2c_sections *sections, const struct b2c_section *section,
			   double percent);

const char *b2c_histogram_unit(const struct b2c_histogram *histogram);
const char *b2c_section_key(const struct b2c_histogram *histogram);

/* ---- histogram_data.c ---- */

/* One section as an object of JSON, or as a line of CSV for each slot. */
void b2c_text_section_json(struct b2c_text *text, const struct b2c_output *output,
			   const struct b2c_sections *sections, const struct b2c_section *section);
void b2c_text_section_csv(struct b2c_text *text, const struct b2c_output *output,
			  const struct b2c_sections *sections, const struct b2c_section *section);
int b2c_section_csv_header(struct b2c_run *run, const struct b2c_output *output);

#endif
