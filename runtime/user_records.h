// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Records of perf events of several CPUs in the order of their time: each CPU has a buffer
 * of its own, and what one process does may be in several of them. Part of user_watch.c.
 */
#ifndef B2C_USER_RECORDS_H
#define B2C_USER_RECORDS_H

#include <linux/perf_event.h>
#include <stdint.h>

#include "text.h"

/* Zero-initialise to start. */
struct b2c_user_records {
	struct b2c_text bytes;
	struct b2c_text places;
};

/* Keeps a copy of a record of the time `when`. Returns 0 or -ENOMEM. */
int b2c_user_records_add(struct b2c_user_records *records, const struct perf_event_header *record,
			 uint64_t when);

/* Tells those up to the time `until`, which are gone then. Returns how many are left. */
size_t b2c_user_records_tell(struct b2c_user_records *records, uint64_t until,
			     void (*tell)(const struct perf_event_header *record));

void b2c_user_records_free(struct b2c_user_records *records);

#endif
