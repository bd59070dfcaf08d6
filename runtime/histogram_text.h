// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Drawing of histograms, byte for byte as bcc's print_log2_hist() and print_linear_hist(). */
#ifndef B2C_HISTOGRAM_TEXT_H
#define B2C_HISTOGRAM_TEXT_H

#include "histogram_sections.h"

void b2c_text_log2(struct b2c_text *text, const struct b2c_histogram *histogram,
		   const uint64_t values[B2C_LOG2_SLOTS]);
void b2c_text_linear(struct b2c_text *text, const struct b2c_histogram *histogram,
		     const uint64_t values[B2C_LINEAR_SLOTS]);

/* What bcc has not: slots of any width, from the first to the last that counts. */
void b2c_text_ranges(struct b2c_text *text, const struct b2c_sections *sections,
		     const uint64_t *values);

/* A line "p50 <= 31, p99 <= 127 usecs" below a histogram. */
void b2c_text_percentiles(struct b2c_text *text, const struct b2c_sections *sections,
			  const struct b2c_section *section);

#endif
