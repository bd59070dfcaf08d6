// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Drawing of histograms, byte for byte as bcc's print_log2_hist() and print_linear_hist(). */
#ifndef B2C_HISTOGRAM_TEXT_H
#define B2C_HISTOGRAM_TEXT_H

#include <stdint.h>

#include "text.h"

/* Slots that bcc has room for. */
#define B2C_LOG2_SLOTS 65
#define B2C_LINEAR_SLOTS 1025

void b2c_text_log2(struct b2c_text *text, const char *unit, const uint64_t values[B2C_LOG2_SLOTS]);
void b2c_text_linear(struct b2c_text *text, const char *unit,
		     const uint64_t values[B2C_LINEAR_SLOTS]);

/* The range of values that a log2 slot is shown with. */
uint64_t b2c_log2_low(unsigned int slot);
uint64_t b2c_log2_high(unsigned int slot);

/* The last slot that holds something; -1: none. */
int b2c_last_slot(const uint64_t *values, int nr);

#endif
