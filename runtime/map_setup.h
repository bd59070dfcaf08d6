// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What maps need before the load; for load.c. */
#ifndef B2C_MAP_SETUP_H
#define B2C_MAP_SETUP_H

#include "run.h"

#define B2C_MAP_NAME 64

/* "NAME=N" of --map. Returns 0 or -EINVAL. */
int b2c_map_size_parse(const char *word, char name[B2C_MAP_NAME], uint32_t *ret_size);
/* The power of two of pages that has room for `bytes`. */
uint32_t b2c_buffer_pages(uint32_t bytes, long page);

/* Bytes of a ring buffer on a host with pages of `page` bytes; the object counts in 4096. */
uint32_t b2c_ring_size(uint32_t size, long page);

/* Bytes of a ring buffer that has `size` for each CPU: a power of two. */
uint32_t b2c_ring_of_cpus(uint32_t size, unsigned int nr_cpus);

/* Pages of a perf buffer, for each CPU: what --map says, else what the tool says. */
size_t b2c_perf_pages(const struct b2c_run *run, const char *map);

/* Sizes that depend on the host, and pins. Prints its own message. */
int b2c_maps_setup(struct b2c_run *run, struct bpf_object *object);

#endif
