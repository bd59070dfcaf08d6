// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Drawing of histograms; see histogram_text.h. The layout and its quirks (slot 0
 * is not shown on a log2 scale, wide numbers halve the bars) are bcc's;
 * test/unit/histogram_oracle.py compares the two.
 */
#include "histogram_text.h"

#include <string.h>

#define BAR_WIDTH 40

int b2c_last_slot(const uint64_t *values, int nr)
{
	int last = -1, i;

	for (i = 0; i < nr; i++)
		if (values[i])
			last = i;
	return last;
}

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

uint64_t b2c_log2_low(unsigned int slot)
{
	return slot < 2 ? 0 : 1ULL << (slot - 1);
}

uint64_t b2c_log2_high(unsigned int slot)
{
	return slot > 63 ? UINT64_MAX : (1ULL << slot) - 1;
}

void b2c_text_log2(struct b2c_text *text, const char *unit, const uint64_t values[B2C_LOG2_SLOTS])
{
	int last = b2c_last_slot(values, B2C_LOG2_SLOTS), slot;
	bool is_wide = last > 32;
	unsigned int width = is_wide ? BAR_WIDTH / 2 : BAR_WIDTH;
	uint64_t max = largest(values, last);
	int digits = is_wide ? 20 : 10;

	if (last > 0)
		b2c_text_printf(text, "%*s%-*s : count     distribution\n", is_wide ? 15 : 5, "",
				is_wide ? 29 : 19, unit);
	for (slot = 1; slot <= last; slot++) {
		b2c_text_printf(text, "%*llu -> %-*llu", digits,
				(unsigned long long)b2c_log2_low((unsigned int)slot), digits,
				(unsigned long long)b2c_log2_high((unsigned int)slot));
		add_bar(text, values[slot], max, width);
	}
}

void b2c_text_linear(struct b2c_text *text, const char *unit,
		     const uint64_t values[B2C_LINEAR_SLOTS])
{
	int last = b2c_last_slot(values, B2C_LINEAR_SLOTS), slot;
	uint64_t max = largest(values, last);

	if (last >= 0)
		b2c_text_printf(text, "     %-13s : count     distribution\n", unit);
	for (slot = 0; slot <= last; slot++) {
		b2c_text_printf(text, "        %-10d", slot);
		add_bar(text, values[slot], max, BAR_WIDTH);
	}
}
