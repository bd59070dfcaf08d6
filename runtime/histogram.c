// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Histograms as outputs: read, then drawn or written as data. */
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>

#include "histogram_sections.h"
#include "histogram_text.h"
#include "prometheus.h"

static void add_text(struct b2c_text *text, const struct b2c_sections *sections,
		     const struct b2c_section *section)
{
	const struct b2c_histogram *histogram = sections->histogram;
	const char *header = b2c_text_of(histogram->section_header, histogram->section_header_of);

	if (header)
		b2c_text_printf(text, "\n%s = %s\n", header, section->label);
	if (histogram->scale == B2C_LOG2)
		b2c_text_log2(text, histogram, section->values);
	else if (histogram->scale == B2C_LINEAR && !histogram->step)
		b2c_text_linear(text, histogram, section->values);
	else
		b2c_text_ranges(text, sections, section->values);
	if (histogram->nr_percentiles)
		b2c_text_percentiles(text, sections, section);
}

static int write_sections(struct b2c_run *run, struct b2c_output *output,
			  const struct b2c_sections *sections)
{
	const struct b2c_histogram *histogram = output->config;
	const char *title = b2c_text_of(histogram->title, histogram->title_of);
	bool json = run->settings.json, csv = run->settings.csv;
	struct b2c_text text = { 0 };
	int err = csv ? b2c_section_csv_header(run, output) : 0;
	size_t i;

	if (title && !json && !csv)
		b2c_text_printf(&text, "%s\n", title);
	for (i = 0; i < sections->nr; i++) {
		if (json)
			b2c_text_section_json(&text, output, sections, &sections->items[i]);
		else if (csv)
			b2c_text_section_csv(&text, output, sections, &sections->items[i]);
		else
			add_text(&text, sections, &sections->items[i]);
	}
	if (!err)
		err = b2c_write_text(run, &text);
	b2c_text_free(&text);
	return err;
}

static int histogram_print(struct b2c_run *run, struct b2c_output *output)
{
	const struct b2c_histogram *histogram = output->config;
	const struct b2c_column column = { .key = b2c_section_key(histogram) };
	struct b2c_sections sections;
	struct b2c_row row;
	int err;

	b2c_row_init(&row, run, NULL, &column, 1);
	err = b2c_sections_read(output, histogram->clear, &row, &sections);
	b2c_row_free(&row);
	if (err)
		b2c_error(run, "cannot read map '%s': %s", bpf_map__name(output->map),
			  strerror(-err));
	else
		err = write_sections(run, output, &sections);
	if (sections.nr_outside)
		b2c_error(run, "map '%s' counts %llu outside the %d slots of a histogram",
			  bpf_map__name(output->map), (unsigned long long)sections.nr_outside,
			  sections.nr_slots);
	b2c_sections_free(&sections);
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
	output->expose = b2c_histogram_metrics;
	B2C_TAKE_TIMES(output, histogram);
}
