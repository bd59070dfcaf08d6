// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Histograms as data: an object of JSON for each section, or lines of CSV. */
#include <string.h>

#include "histogram_sections.h"

/* Nothing is ever below slot 1 on bcc's log2 scale, but a program may count there. */
static int first_slot(const struct b2c_histogram *histogram, const struct b2c_section *section)
{
	return histogram->scale == B2C_LOG2 && !section->values[0] ? 1 : 0;
}

static const char *name_of(const struct b2c_output *output)
{
	const struct b2c_histogram *histogram = output->config;

	return histogram->name ? histogram->name : "";
}

/* Appends the highest value of a slot, or `without`. */
static void add_high(struct b2c_text *text, const struct b2c_histogram *histogram, int slot,
		     const char *without)
{
	uint64_t high;

	if (b2c_slot_high(histogram, (unsigned int)slot, &high))
		b2c_text_printf(text, "%llu", (unsigned long long)high);
	else
		b2c_text_puts(text, without);
}

static void add_percentiles(struct b2c_text *text, const struct b2c_sections *sections,
			    const struct b2c_section *section)
{
	const struct b2c_histogram *histogram = sections->histogram;
	size_t i;

	if (!histogram->nr_percentiles)
		return;
	b2c_text_puts(text, ",\"percentiles\":{");
	for (i = 0; i < histogram->nr_percentiles; i++) {
		double percent = histogram->percentiles[i];
		int slot = b2c_slot_of_percentile(sections, section, percent);

		b2c_text_printf(text, "%s\"%g\":", i ? "," : "", percent);
		if (slot < 0)
			b2c_text_puts(text, "null");
		else
			add_high(text, histogram, slot, "null");
	}
	b2c_text_puts(text, "}");
}

void b2c_text_section_json(struct b2c_text *text, const struct b2c_output *output,
			   const struct b2c_sections *sections, const struct b2c_section *section)
{
	const struct b2c_histogram *histogram = sections->histogram;
	const char *name = name_of(output), *unit = b2c_histogram_unit(histogram);
	int last = b2c_last_slot(section->values, sections->nr_slots), slot;

	b2c_text_puts(text, "{\"histogram\":");
	b2c_text_json(text, name, strlen(name));
	if (output->row.time)
		b2c_text_printf(text, ",\"timestamp\":\"%s\"", output->row.time);
	if (histogram->section) /* the label is the begin of an object with one member */
		b2c_text_printf(text, ",%s", section->label + 1);
	b2c_text_puts(text, ",\"unit\":");
	b2c_text_json(text, unit, strlen(unit));
	b2c_text_puts(text, ",\"buckets\":[");
	for (slot = first_slot(histogram, section); slot <= last; slot++) {
		b2c_text_printf(text, "{\"low\":%llu,\"high\":",
				(unsigned long long)b2c_slot_low(histogram, (unsigned int)slot));
		add_high(text, histogram, slot, "null");
		b2c_text_printf(text, ",\"count\":%llu}%s",
				(unsigned long long)section->values[slot], slot < last ? "," : "");
	}
	b2c_text_puts(text, "]");
	add_percentiles(text, sections, section);
	b2c_text_puts(text, "}\n");
}

void b2c_text_section_csv(struct b2c_text *text, const struct b2c_output *output,
			  const struct b2c_sections *sections, const struct b2c_section *section)
{
	const struct b2c_histogram *histogram = sections->histogram;
	const char *name = name_of(output), *unit = b2c_histogram_unit(histogram);
	int last = b2c_last_slot(section->values, sections->nr_slots), slot;

	for (slot = first_slot(histogram, section); slot <= last; slot++) {
		if (output->row.time)
			b2c_text_printf(text, "%s,", output->row.time);
		b2c_text_csv(text, name, strlen(name));
		if (histogram->section) /* the label is a field already */
			b2c_text_printf(text, ",%s", section->label);
		b2c_text_add(text, ",", 1);
		b2c_text_csv(text, unit, strlen(unit));
		b2c_text_printf(text, ",%llu,",
				(unsigned long long)b2c_slot_low(histogram, (unsigned int)slot));
		add_high(text, histogram, slot, "");
		b2c_text_printf(text, ",%llu\n", (unsigned long long)section->values[slot]);
	}
}

int b2c_section_csv_header(struct b2c_run *run, const struct b2c_output *output)
{
	const struct b2c_histogram *histogram = output->config;
	struct b2c_text header = { 0 };
	int err;

	b2c_text_printf(&header, "%shistogram,%s%sunit,low,high,count",
			output->row.time ? "timestamp," : "",
			histogram->section ? b2c_section_key(histogram) : "",
			histogram->section ? "," : "");
	err = b2c_csv_block(run, &output->row, b2c_text_string(&header));
	b2c_text_free(&header);
	return err;
}
