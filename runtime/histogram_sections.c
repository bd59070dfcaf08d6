// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Histograms from maps: the elements are sorted into one array of slots per
 * section, in the order in which sections turn up.
 */
#define _GNU_SOURCE
#include "histogram_sections.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "maps.h"

const char *b2c_histogram_unit(const struct b2c_histogram *histogram)
{
	const char *unit = b2c_text_of(histogram->unit, histogram->unit_of);

	return unit ? unit : "value";
}

const char *b2c_section_key(const struct b2c_histogram *histogram)
{
	return histogram->section_key ? histogram->section_key : "section";
}

/* ---- slots ---- */

static int nr_slots(const struct b2c_histogram *histogram)
{
	switch (histogram->scale) {
	case B2C_LOG2:
		return B2C_LOG2_SLOTS;
	case B2C_BUCKETS:
		return (int)histogram->nr_buckets;
	default:
		return B2C_LINEAR_SLOTS;
	}
}

uint64_t b2c_slot_low(const struct b2c_histogram *histogram, unsigned int slot)
{
	if (histogram->scale == B2C_LOG2)
		return slot < 2 ? 0 : 1ULL << (slot - 1);
	if (histogram->scale == B2C_BUCKETS)
		return histogram->buckets[slot];
	return histogram->from + slot * (histogram->step ? histogram->step : 1);
}

bool b2c_slot_high(const struct b2c_histogram *histogram, unsigned int slot, uint64_t *ret_high)
{
	if (histogram->scale == B2C_LOG2) {
		*ret_high = slot > 63 ? UINT64_MAX : (1ULL << slot) - 1;
		return true;
	}
	if (histogram->scale == B2C_BUCKETS && slot + 1 == histogram->nr_buckets)
		return false;
	*ret_high = b2c_slot_low(histogram, slot + 1) - 1;
	return true;
}

int b2c_last_slot(const uint64_t *values, int nr)
{
	int last = -1, i;

	for (i = 0; i < nr; i++)
		if (values[i])
			last = i;
	return last;
}

int b2c_slot_of_percentile(const struct b2c_sections *sections, const struct b2c_section *section,
			   double percent)
{
	int last = b2c_last_slot(section->values, sections->nr_slots), slot;
	double total = 0, below = 0;

	for (slot = 0; slot <= last; slot++)
		total += (double)section->values[slot];
	for (slot = 0; slot < last; slot++) {
		below += (double)section->values[slot];
		if (section->values[slot] && below * 100.0 >= percent * total)
			break;
	}
	return last < 0 ? -1 : slot;
}

/* ---- sections ---- */

void b2c_sections_free(struct b2c_sections *sections)
{
	size_t i;

	for (i = 0; i < sections->nr; i++) {
		free(sections->items[i].label);
		free(sections->items[i].values);
	}
	free(sections->items);
}

static struct b2c_section *section_add(struct b2c_sections *sections, const char *label)
{
	struct b2c_section *grown, *section;

	grown = realloc(sections->items, (sections->nr + 1) * sizeof(*grown));
	if (!grown)
		return NULL;
	sections->items = grown;
	section = &grown[sections->nr++];
	section->label = strdup(label);
	section->values = calloc((size_t)sections->nr_slots, sizeof(*section->values));
	return section->label && section->values ? section : NULL;
}

/* NULL: out of memory. */
static struct b2c_section *section_of(struct b2c_sections *sections, const char *label)
{
	size_t i;

	/* the newest first: neighbours in a map often belong together */
	for (i = sections->nr; i > 0; i--)
		if (strcmp(sections->items[i - 1].label, label) == 0)
			return &sections->items[i - 1];
	return section_add(sections, label);
}

static uint64_t read_uint(const uint8_t *data, size_t size)
{
	uint64_t number = 0;
	uint32_t half;
	uint16_t quarter;

	if (size == 8) {
		memcpy(&number, data, 8);
	} else if (size == 4) {
		memcpy(&half, data, 4);
		number = half;
	} else if (size == 2) {
		memcpy(&quarter, data, 2);
		number = quarter;
	} else {
		number = *data;
	}
	return number;
}

static int add_element(struct b2c_sections *sections, struct b2c_row *row, const uint8_t *key,
		       uint64_t count)
{
	const struct b2c_histogram *histogram = sections->histogram;
	uint64_t slot = read_uint(key + histogram->slot_offset, histogram->slot_size);
	struct b2c_section *section;

	if (!count)
		return 0;
	b2c_row_begin(row);
	if (histogram->section)
		histogram->section(row, key);
	section = section_of(sections, b2c_text_string(&row->line));
	if (!section)
		return -ENOMEM;
	if (slot < (uint64_t)sections->nr_slots)
		section->values[slot] += count;
	else
		sections->nr_outside += count;
	return 0;
}

int b2c_sections_read(const struct b2c_output *output, bool clear, struct b2c_row *row,
		      struct b2c_sections *ret_sections)
{
	struct b2c_read how = { .sum_size = bpf_map__value_size(output->map), .clear = clear };
	struct b2c_elements elements;
	int err = b2c_map_read(output->map, &how, &elements);
	size_t i;

	*ret_sections = (struct b2c_sections){ .histogram = output->config };
	ret_sections->nr_slots = nr_slots(ret_sections->histogram);
	for (i = 0; i < elements.nr && !err; i++)
		err = add_element(
			ret_sections, row, elements.keys + i * elements.key_size,
			read_uint(elements.values + i * elements.value_size, elements.value_size));
	b2c_elements_free(&elements);
	return err;
}
