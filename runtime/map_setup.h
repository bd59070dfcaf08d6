// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What maps need before the load; for load.c. */
#ifndef B2C_MAP_SETUP_H
#define B2C_MAP_SETUP_H

#include "run.h"

/* Bytes of a ring buffer on a host with pages of `page` bytes; the object counts in 4096. */
uint32_t b2c_ring_size(uint32_t size, long page);

/* Sizes that depend on the host, and pins. Prints its own message. */
int b2c_maps_setup(struct b2c_run *run, struct bpf_object *object);

#endif
