// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* How long a wake-up waits for more events. Part of gather.c. */
#ifndef B2C_GATHER_H
#define B2C_GATHER_H

#include <stddef.h>
#include <stdint.h>

/* When `nr` events came in the last `since_ns`: until enough are there; 0: not worth it. */
int64_t b2c_gather_ns(int64_t since_ns, uint64_t nr);

/* In which a buffer of `room` bytes (0: not known) is hardly filled. */
int64_t b2c_gather_look_ns(size_t room);

#endif
