// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Times of the wall clock, for the parts that show them. */
#ifndef B2C_TIMES_H
#define B2C_TIMES_H

#include <stddef.h>
#include <stdint.h>
#include <time.h>

/* A moment as its parts. */
struct b2c_time {
	struct tm tm;
	long ns;
};

/*
 * When bpf_ktime_get_ns() was `ns`, in nanoseconds since 1970. The clocks are
 * compared once a second, so that many records cost little and a clock that is
 * set is followed.
 */
int64_t b2c_realtime_ns(uint64_t ns);

/*
 * Writes `tm` as strftime(3) has it, and nanoseconds: %N nine digits, %3N three, %f six.
 * Returns the length, 0 if there is too little room.
 */
size_t b2c_format_time(char *text, size_t size, const char *format, const struct b2c_time *time);

#endif
