// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Times of the wall clock, for the parts that show them. */
#ifndef B2C_TIMES_H
#define B2C_TIMES_H

#include <stdint.h>
#include <time.h>

#include "text.h"

/*
 * When bpf_ktime_get_ns() was `ns`, in nanoseconds since 1970. The clocks are
 * compared once a second, so that many records cost little and a clock that is
 * set is followed.
 */
int64_t b2c_realtime_ns(uint64_t ns);

/* Appends `tm` as strftime(3) has it, and nanoseconds: %N nine digits, %3N three, %f six. */
void b2c_format_time(struct b2c_text *text, const char *format, const struct tm *tm, long ns);

#endif
