// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Events as perf writes them. */
#ifndef B2C_PERF_NAME_H
#define B2C_PERF_NAME_H

#include <linux/perf_event.h>

/*
 * Fills in which event `name` is: "cpu-clock", "LLC-load-misses", "r1a8" (a raw number in
 * hexadecimal), "mem:0x1000/8:rw" or "mem:jiffies_64/8:w" (memory that is read, written or
 * executed). Returns 0, -EINVAL for what is no event, -ENOENT for a symbol that the kernel does
 * not have or show.
 */
int b2c_perf_find(const char *name, struct perf_event_attr *attr);

#endif
