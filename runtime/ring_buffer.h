// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The reader's end of a ring buffer. Part of ring_buffer.c. */
#ifndef B2C_RING_BUFFER_H
#define B2C_RING_BUFFER_H

#include <stddef.h>
#include <stdint.h>

/* Where the kernel maps it. */
struct b2c_ring {
	unsigned long *consumer;
	const unsigned long *producer;
	const uint8_t *data; /* twice in a row, so that no record is in two parts */
	size_t size;	     /* a power of two */
};

/* Takes a record, which is gone afterwards. Anything but 0 ends the reading. */
typedef int (*b2c_ring_sample_fn)(void *ctx, void *data, size_t size);

/* All records that are there. Returns 0, or what `sample` ended it with. */
int b2c_ring_read(struct b2c_ring *ring, b2c_ring_sample_fn sample, void *ctx);

#endif
