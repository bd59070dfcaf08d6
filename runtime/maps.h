// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Reading and emptying maps as a whole. */
#ifndef B2C_MAPS_H
#define B2C_MAPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bpf_map;

/* A copy of a map: nr keys and nr values, one after the other. */
struct b2c_elements {
	uint8_t *keys;
	uint8_t *values;
	size_t key_size;
	size_t value_size; /* of one element, per-CPU values already summed */
	size_t nr;
	size_t room;
	bool is_array;	/* every index has an element, if only zero */
	size_t nr_cpus; /* an element of each CPU stands beside the next; 0: there is one alone */
	size_t nr_numbers; /* of a table with rows for numbers: those below this */
};

struct b2c_read {
	size_t sum_size; /* per-CPU maps: integers of 4 or 8 bytes make up a value */
	int lists_cpus;	 /* an element for each CPU instead of their sum */
	int clear;	 /* nothing is left: hashes lose keys, arrays are zeroed */
};

/*
 * Reads a hash or array, by batch operations where the kernel has them, or empties
 * a queue or stack. A hash that is cleared loses no update in between then. Returns
 * 0 or -errno; the elements are the caller's to free in both cases.
 */
int b2c_map_read(const struct bpf_map *map, const struct b2c_read *how,
		 struct b2c_elements *ret_elements);

/* A map by its descriptor, as one that is in another map has to be read. */
struct b2c_map_form {
	int fd;
	uint32_t type, key_size, value_size, max_entries;
};

int b2c_map_read_form(const struct b2c_map_form *form, const struct b2c_read *how,
		      struct b2c_elements *ret_elements);
/* Room for more elements. Returns 0 or -ENOMEM. */
int b2c_elements_reserve(struct b2c_elements *elements, size_t more);
void b2c_elements_free(struct b2c_elements *elements);

#endif
