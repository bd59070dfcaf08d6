// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Functions that value expressions of a manifest may call. They have their
 * manifest name as a function-like macro, so that a field may still be called so.
 */
#ifndef B2C_VALUES_H
#define B2C_VALUES_H

#include <stdint.h>

/* Seconds from the moment everything was attached to `ns` of bpf_ktime_get_ns(). */
#define seconds_since_start(ns) b2c_seconds_since_start(ns)
double b2c_seconds_since_start(uint64_t ns);

/* Seconds from the first `ns` ever given to this function: bcc's habit, starts with 0. */
#define seconds_since_first(ns) b2c_seconds_since_first(ns)
double b2c_seconds_since_first(uint64_t ns);

/*
 * "HH:MM:SS" in local time: now, and when bpf_ktime_get_ns() was `ns`. The
 * string is overwritten by the next call.
 */
#define time_of_day() b2c_time_of_day()
const char *b2c_time_of_day(void);
#define time_of_day_at(ns) b2c_time_of_day_at(ns)
const char *b2c_time_of_day_at(uint64_t ns);

/*
 * The function that an address belongs to, as columns of type ksym and usym show it: "[unknown]"
 * where there is none. `parts` is 0, or made of B2C_SYMBOL_OFFSET and B2C_SYMBOL_MODULE. The
 * string is overwritten by the next call of either.
 */
#define kernel_symbol_at(address, parts) b2c_kernel_symbol_at(address, parts)
const char *b2c_kernel_symbol_at(uint64_t address, unsigned int parts);
#define user_symbol_at(pid, address, parts) b2c_user_symbol_at(pid, address, parts)
const char *b2c_user_symbol_at(uint32_t pid, uint64_t address, unsigned int parts);

#endif
