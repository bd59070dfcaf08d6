// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The functions that a just-in-time compiler has made, which it lists in
 * /tmp/perf-PID.map: lines "START SIZE NAME". Anybody can write there.
 */
#ifndef B2C_USER_PERF_MAP_H
#define B2C_USER_PERF_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text.h"

struct b2c_jitted {
	uint64_t start;
	uint64_t size;
	uint32_t name; /* offset in the names */
	uint32_t line; /* of two at one place the later one is right */
};

/* Zero-initialise to start. */
struct b2c_perf_map {
	struct b2c_jitted *items;
	size_t nr;
	size_t room;
	struct b2c_text names;
};

/* Replaces what is there by a file; lines of no such form are left out. 0 or -errno. */
int b2c_perf_map_read(struct b2c_perf_map *map, int fd);

/* Returns the name; NULL: unknown. */
const char *b2c_perf_map_find(const struct b2c_perf_map *map, uint64_t address,
			      uint64_t *ret_offset);

void b2c_perf_map_free(struct b2c_perf_map *map);

/*
 * Opens the list of a process: in its own /tmp, by its own number for itself, and only a
 * plain file that belongs to its user or to root. Returns a descriptor or -errno.
 */
int b2c_perf_map_open(uint32_t pid);

#endif
