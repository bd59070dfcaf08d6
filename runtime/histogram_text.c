// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Drawing of histograms; see histogram_text.h. The layout and its quirks (slot 0
 * is not shown on a log2 scale, wide numbers halve the bars) are bcc's;
 * test/unit/histogram_oracle.py compares the two.
 */
#include "histogram_text.h"

#include <string.h>

#define BAR_WIDTH 40

static uint64_t largest(const uint64_t *values, int last)
{
	uint64_t max = 0;
	int i;

	for (i = 0; i <= last; i++)
		if (values[i] > max)
			max = values[i];
	return max;
}

/*
 * Stars of a bar: width * value / max, rounded down. Python divides into a
 * double, which for counts beyond 2^48 may round up to the next whole number.
 */
static unsigned int count_stars(uint64_t value, uint64_t max, unsigned int width)
{
	unsigned __int128 product = (unsigned __int128)value * width;
	unsigned int stars = (unsigned int)(product / max);
	unsigned __int128 missing = max - product % max; /* up to stars + 1, in 1/max */
	unsigned int bits = 0;

	/* doubles just below stars + 1 are 2^(bits - 53) apart */
	while (1u << bits < stars + 1)
		bits++;
	if (stars < width && missing << (54 - bits) <= max)
		stars++;
	return stars;
}

static void add_bar(struct b2c_text *text, uint64_t value, uint64_t max, unsigned int width)
{
	unsigned int stars = count_stars(value, max, width);

	b2c_text_printf(text, " : %-8llu |", (unsigned long long)value);
	b2c_text_fill(text, '*', stars);
	b2c_text_fill(text, ' ', width - stars);
	b2c_text_puts(text, "|\n");
}

static void add_head(struct b2c_text *text, const struct b2c_histogram *histogram, bool is_wide)
{
	b2c_text_printf(text, "%*s%-*s : count     distribution\n", is_wide ? 15 : 5, "",
			is_wide ? 29 : 19, b2c_histogram_unit(histogram));
}

static void add_range(struct b2c_text *text, const struct b2c_histogram *histogram,
		      unsigned int slot, bool is_wide)
{
	int digits = is_wide ? 20 : 10;
	uint64_t high;

	b2c_text_printf(text, "%*llu -> ", digits,
			(unsigned long long)b2c_slot_low(histogram, slot));
	if (b2c_slot_high(histogram, slot, &high))
		b2c_text_printf(text, "%-*llu", digits, (unsigned long long)high);
	else
		b2c_text_printf(text, "%-*s", digits, "...");
}

void b2c_text_log2(struct b2c_text *text, const struct b2c_histogram *histogram,
		   const uint64_t values[B2C_LOG2_SLOTS])
{
	int last = b2c_last_slot(values, B2C_LOG2_SLOTS), slot;
	bool is_wide = last > 32;
	unsigned int width = is_wide ? BAR_WIDTH / 2 : BAR_WIDTH;
	uint64_t max = largest(values, last);

	if (last > 0)
		add_head(text, histogram, is_wide);
	for (slot = 1; slot <= last; slot++) {
		add_range(text, histogram, (unsigned int)slot, is_wide);
		add_bar(text, values[slot], max, width);
	}
}

void b2c_text_linear(struct b2c_text *text, const struct b2c_histogram *histogram,
		     const uint64_t values[B2C_LINEAR_SLOTS])
{
	int last = b2c_last_slot(values, B2C_LINEAR_SLOTS), slot;
	uint64_t max = largest(values, last);

	if (last >= 0)
		b2c_text_printf(text, "     %-13s : count     distribution\n",
				b2c_histogram_unit(histogram));
	for (slot = 0; slot <= last; slot++) {
		b2c_text_printf(text, "        %-10d", slot);
		add_bar(text, values[slot], max, BAR_WIDTH);
	}
}

void b2c_text_ranges(struct b2c_text *text, const struct b2c_sections *sections,
		     const uint64_t *values)
{
	const struct b2c_histogram *histogram = sections->histogram;
	int last = b2c_last_slot(values, sections->nr_slots), slot = 0;
	bool is_wide = last >= 0 && b2c_slot_low(histogram, (unsigned int)last) > UINT32_MAX;
	uint64_t max = largest(values, last);

	if (last >= 0)
		add_head(text, histogram, is_wide);
	while (slot < last && !values[slot])
		slot++;
	for (; slot <= last; slot++) {
		add_range(text, histogram, (unsigned int)slot, is_wide);
		add_bar(text, values[slot], max, is_wide ? BAR_WIDTH / 2 : BAR_WIDTH);
	}
}

void b2c_text_percentiles(struct b2c_text *text, const struct b2c_sections *sections,
			  const struct b2c_section *section)
{
	const struct b2c_histogram *histogram = sections->histogram;
	uint64_t limit;
	size_t i;

	for (i = 0; i < histogram->nr_percentiles; i++) {
		double percent = histogram->percentiles[i];
		int slot = b2c_slot_of_percentile(sections, section, percent);
		bool has_high;

		if (slot < 0)
			return;
		has_high = b2c_slot_high(histogram, (unsigned int)slot, &limit);
		if (!has_high)
			limit = b2c_slot_low(histogram, (unsigned int)slot);
		b2c_text_printf(text, "%sp%g %s %llu", i ? ", " : "     ", percent,
				has_high ? "<=" : ">=", (unsigned long long)limit);
	}
	b2c_text_printf(text, " %s\n", b2c_histogram_unit(histogram));
}
