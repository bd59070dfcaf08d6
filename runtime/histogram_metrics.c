// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Histograms as metrics: buckets that count everything up to their highest value.
 * A sum is not known, so there is none.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>

#include "histogram_sections.h"
#include "prometheus.h"

/* The last slot that any section has something in. */
static int last_of_all(const struct b2c_sections *sections)
{
	int last = -1;
	size_t i;

	for (i = 0; i < sections->nr; i++) {
		int one = b2c_last_slot(sections->items[i].values, sections->nr_slots);

		last = one > last ? one : last;
	}
	return last;
}

/* "{disk="sda",le="15"}", or what of it there is. */
static void add_labels(struct b2c_text *text, const char *labels, const char *le)
{
	if (!*labels && !le)
		return;
	b2c_text_printf(text, "{%s%s", labels, *labels && le ? "," : "");
	if (le)
		b2c_text_printf(text, "le=\"%s\"", le);
	b2c_text_add(text, "}", 1);
}

static void add_sample(struct b2c_text *text, const char *name, const char *suffix,
		       const char *labels, const char *le)
{
	b2c_text_printf(text, "%s%s", name, suffix);
	add_labels(text, labels, le);
}

static void add_section(struct b2c_text *text, const char *name,
			const struct b2c_sections *sections, const struct b2c_section *section,
			int last)
{
	struct b2c_text labels = { 0 };
	uint64_t count = 0, high;
	char le[32];
	int slot;

	/* the label of a histogram without sections is empty */
	if (sections->histogram->section)
		b2c_metric_label(&labels, b2c_section_key(sections->histogram), section->label,
				 strlen(section->label));
	for (slot = 0; slot < sections->nr_slots; slot++) {
		count += section->values[slot];
		/* slot 0 of a log2 scale is part of the first bucket, as it is drawn */
		if (slot > last || (!slot && sections->histogram->scale == B2C_LOG2) ||
		    !b2c_slot_high(sections->histogram, (unsigned int)slot, &high))
			continue;
		snprintf(le, sizeof(le), "%llu", (unsigned long long)high);
		add_sample(text, name, "_bucket", b2c_text_string(&labels), le);
		b2c_text_printf(text, " %llu\n", (unsigned long long)count);
	}
	add_sample(text, name, "_bucket", b2c_text_string(&labels), "+Inf");
	b2c_text_printf(text, " %llu\n", (unsigned long long)count);
	add_sample(text, name, "_count", b2c_text_string(&labels), NULL);
	b2c_text_printf(text, " %llu\n", (unsigned long long)count);
	b2c_text_free(&labels);
}

static void add_histogram(struct b2c_run *run, const struct b2c_output *output,
			  const struct b2c_sections *sections, struct b2c_text *text)
{
	struct b2c_text name = { 0 }, what = { 0 };
	size_t i;

	b2c_metric_name(&name, run, output, NULL);
	b2c_text_printf(&what, "Map '%s', %s.", bpf_map__name(output->map),
			b2c_histogram_unit(sections->histogram));
	b2c_metric_head(text, b2c_text_string(&name), "histogram", b2c_text_string(&what));
	for (i = 0; i < sections->nr; i++)
		add_section(text, b2c_text_string(&name), sections, &sections->items[i],
			    last_of_all(sections));
	b2c_text_free(&name);
	b2c_text_free(&what);
}

int b2c_histogram_metrics(struct b2c_run *run, struct b2c_output *output, struct b2c_text *text)
{
	struct b2c_sections sections;
	struct b2c_row row;
	int err;

	b2c_row_init(&row, run, NULL, NULL, 0);
	row.json = false;
	row.csv = false;
	err = b2c_sections_read(output, false, &row, &sections);
	b2c_row_free(&row);
	if (err)
		b2c_error(run, "cannot read map '%s': %s", bpf_map__name(output->map),
			  strerror(-err));
	else
		add_histogram(run, output, &sections, text);
	b2c_sections_free(&sections);
	return err;
}
