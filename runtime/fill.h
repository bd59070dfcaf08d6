// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What the ways to fill a map share. */
#ifndef B2C_FILL_PARTS_H
#define B2C_FILL_PARTS_H

#include <stdint.h>

struct b2c_run;
struct bpf_map;

/* Remembers the first failure, which was reported, for b2c_trace(). */
void b2c_fill_failed(struct b2c_run *run, int err);

/* An element whose key is a number of up to 8 bytes, and the value 4. Returns 0 or -errno. */
int b2c_fill_number(struct bpf_map *map, uint32_t number, uint32_t value);

#endif
