// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Histograms from maps: the elements are sorted into one array of slots per
 * section, in the order in which sections turn up, and drawn or written as JSON.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "histogram_text.h"
#include "maps.h"
#include "run.h"

/* One histogram; `label` is the section's text, or its JSON member. */
struct section {
	char *label;
	uint64_t *values;
};

struct sections {
	const struct b2c_histogram *histogram;
	int nr_slots;
	struct section *sections;
	size_t nr;
	uint64_t nr_outside; /* counts in slots that no histogram has */
};

static void sections_free(struct sections *sections)
{
	size_t i;

	for (i = 0; i < sections->nr; i++) {
		free(sections->sections[i].label);
		free(sections->sections[i].values);
	}
	free(sections->sections);
}

static struct section *section_add(struct sections *sections, const char *label)
{
	struct section *grown, *section;

	grown = realloc(sections->sections, (sections->nr + 1) * sizeof(*grown));
	if (!grown)
		return NULL;
	sections->sections = grown;
	section = &grown[sections->nr++];
	section->label = strdup(label);
	section->values = calloc((size_t)sections->nr_slots, sizeof(*section->values));
	return section->label && section->values ? section : NULL;
}

/* NULL: out of memory. */
static struct section *section_of(struct sections *sections, const char *label)
{
	size_t i;

	/* the newest first: neighbours in a map often belong together */
	for (i = sections->nr; i > 0; i--)
		if (strcmp(sections->sections[i - 1].label, label) == 0)
			return &sections->sections[i - 1];
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

static int add_element(struct sections *sections, struct b2c_row *row, const uint8_t *key,
		       uint64_t count)
{
	const struct b2c_histogram *histogram = sections->histogram;
	uint64_t slot = read_uint(key + histogram->slot_offset, histogram->slot_size);
	struct section *section;

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

static void add_text(struct b2c_text *text, const struct b2c_histogram *histogram,
		     const struct section *section)
{
	const char *unit = histogram->unit ? histogram->unit : "value";

	if (histogram->section_header)
		b2c_text_printf(text, "\n%s = %s\n", histogram->section_header, section->label);
	if (histogram->scale == B2C_LOG2)
		b2c_text_log2(text, unit, section->values);
	else
		b2c_text_linear(text, unit, section->values);
}

/* Nothing is ever below slot 1 on bcc's log2 scale, but a program may count there. */
static int first_slot(const struct b2c_histogram *histogram, const struct section *section)
{
	return histogram->scale == B2C_LOG2 && !section->values[0] ? 1 : 0;
}

static unsigned long long slot_low(const struct b2c_histogram *histogram, int slot)
{
	return histogram->scale == B2C_LOG2 ? b2c_log2_low((unsigned int)slot)
					    : (unsigned long long)slot;
}

static unsigned long long slot_high(const struct b2c_histogram *histogram, int slot)
{
	return histogram->scale == B2C_LOG2 ? b2c_log2_high((unsigned int)slot)
					    : (unsigned long long)slot;
}

static const char *section_key(const struct b2c_histogram *histogram)
{
	return histogram->section_key ? histogram->section_key : "section";
}

static void add_json(struct b2c_text *text, const struct b2c_histogram *histogram,
		     const struct section *section, int nr_slots)
{
	const char *name = histogram->name ? histogram->name : "";
	const char *unit = histogram->unit ? histogram->unit : "value";
	int last = b2c_last_slot(section->values, nr_slots), slot;

	b2c_text_puts(text, "{\"histogram\":");
	b2c_text_json(text, name, strlen(name));
	if (histogram->section) /* the label is the begin of an object with one member */
		b2c_text_printf(text, ",%s", section->label + 1);
	b2c_text_puts(text, ",\"unit\":");
	b2c_text_json(text, unit, strlen(unit));
	b2c_text_puts(text, ",\"buckets\":[");
	for (slot = first_slot(histogram, section); slot <= last; slot++)
		b2c_text_printf(text, "{\"low\":%llu,\"high\":%llu,\"count\":%llu}%s",
				slot_low(histogram, slot), slot_high(histogram, slot),
				(unsigned long long)section->values[slot], slot < last ? "," : "");
	b2c_text_puts(text, "]}\n");
}

/* A line for each slot. */
static void add_csv(struct b2c_text *text, const struct b2c_histogram *histogram,
		    const struct section *section, int nr_slots)
{
	const char *name = histogram->name ? histogram->name : "";
	const char *unit = histogram->unit ? histogram->unit : "value";
	int slot = first_slot(histogram, section), last = b2c_last_slot(section->values, nr_slots);

	for (; slot <= last; slot++) {
		b2c_text_csv(text, name, strlen(name));
		if (histogram->section) /* the label is a field already */
			b2c_text_printf(text, ",%s", section->label);
		b2c_text_add(text, ",", 1);
		b2c_text_csv(text, unit, strlen(unit));
		b2c_text_printf(text, ",%llu,%llu,%llu\n", slot_low(histogram, slot),
				slot_high(histogram, slot),
				(unsigned long long)section->values[slot]);
	}
}

static int write_csv_header(struct b2c_run *run, const struct b2c_output *output)
{
	const struct b2c_histogram *histogram = output->config;
	struct b2c_text header = { 0 };
	int err;

	b2c_text_printf(&header, "histogram,%s%sunit,low,high,count",
			histogram->section ? section_key(histogram) : "",
			histogram->section ? "," : "");
	err = b2c_csv_block(run, &output->row, b2c_text_string(&header));
	b2c_text_free(&header);
	return err;
}

static int read_sections(struct b2c_run *run, struct b2c_output *output, struct sections *sections)
{
	const struct b2c_histogram *histogram = sections->histogram;
	const struct b2c_column column = {
		.key = section_key(histogram),
	};
	struct b2c_read how = {
		.sum_size = bpf_map__value_size(output->map),
		.clear = histogram->clear,
	};
	struct b2c_elements elements;
	struct b2c_row row;
	int err = b2c_map_read(output->map, &how, &elements);
	size_t i;

	b2c_row_init(&row, run, NULL, &column, 1);
	for (i = 0; i < elements.nr && !err; i++)
		err = add_element(
			sections, &row, elements.keys + i * elements.key_size,
			read_uint(elements.values + i * elements.value_size, elements.value_size));
	b2c_row_free(&row);
	b2c_elements_free(&elements);
	return err;
}

static int histogram_print(struct b2c_run *run, struct b2c_output *output)
{
	const struct b2c_histogram *histogram = output->config;
	struct sections sections = {
		.histogram = histogram,
		.nr_slots = histogram->scale == B2C_LOG2 ? B2C_LOG2_SLOTS : B2C_LINEAR_SLOTS,
	};
	struct b2c_text text = { 0 };
	int err = read_sections(run, output, &sections);
	size_t i;

	if (histogram->title && !run->settings.json && !run->settings.csv)
		b2c_text_printf(&text, "%s\n", histogram->title);
	if (!err && run->settings.csv)
		err = write_csv_header(run, output);
	for (i = 0; i < sections.nr; i++) {
		if (run->settings.json)
			add_json(&text, histogram, &sections.sections[i], sections.nr_slots);
		else if (run->settings.csv)
			add_csv(&text, histogram, &sections.sections[i], sections.nr_slots);
		else
			add_text(&text, histogram, &sections.sections[i]);
	}
	if (err)
		b2c_error(run, "cannot read map '%s': %s", bpf_map__name(output->map),
			  strerror(-err));
	else
		err = b2c_write_text(run, &text);
	if (sections.nr_outside)
		b2c_error(run, "map '%s' counts %llu outside the %d slots of a histogram",
			  bpf_map__name(output->map), (unsigned long long)sections.nr_outside,
			  sections.nr_slots);
	b2c_text_free(&text);
	sections_free(&sections);
	return err;
}

static bool fits(const struct bpf_map *map, const struct b2c_histogram *histogram)
{
	uint32_t value_size = bpf_map__value_size(map);
	size_t size = histogram->slot_size;

	return bpf_map__key_size(map) == histogram->key_size &&
	       (value_size == 4 || value_size == 8) &&
	       (size == 1 || size == 2 || size == 4 || size == 8) &&
	       histogram->slot_offset + size <= histogram->key_size;
}

void b2c_print_histogram(struct b2c_run *run, struct bpf_map *map,
			 const struct b2c_histogram *histogram)
{
	struct b2c_output *output;

	if (!run->err && !fits(map, histogram)) {
		b2c_error(run, "map '%s' does not have the layout of its histogram",
			  bpf_map__name(map));
		run->err = -EINVAL;
	}
	output = b2c_add_output(run, map);
	if (!output)
		return;
	output->config = histogram;
	output->print = histogram_print;
	output->every_interval = histogram->every_interval;
}
