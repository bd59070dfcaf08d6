// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The executable mappings of a process: what file an address of it belongs to, and where. */
#ifndef B2C_USER_MAPPINGS_H
#define B2C_USER_MAPPINGS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "text.h"

struct b2c_mapping {
	uint64_t start;
	uint64_t end;
	uint64_t offset; /* in the file */
	uint64_t inode;	 /* 0: of no file */
	uint64_t device;
	size_t path; /* offset in the names; "" for memory without a name */
};

/* Zero-initialise to start. Sorted by address. */
struct b2c_mappings {
	struct b2c_mapping *items;
	size_t nr;
	size_t room;
	struct b2c_text names;
};

/* Replaces what is there by a file in the form of /proc/PID/maps. Returns 0 or -errno. */
int b2c_mappings_read(struct b2c_mappings *mappings, FILE *f);

/*
 * Adds one, in place of what it overlaps. What is more than a process sensibly has is
 * left out. Returns 0 or -ENOMEM.
 */
int b2c_mappings_add(struct b2c_mappings *mappings, const struct b2c_mapping *mapping,
		     const char *path);

/* The mapping that has `address`; NULL: none. */
const struct b2c_mapping *b2c_mapping_find(const struct b2c_mappings *mappings, uint64_t address);

/* Its path, without the kernel's mark of a deleted file. */
const char *b2c_mapping_path(const struct b2c_mappings *mappings, const struct b2c_mapping *one);

int b2c_mappings_copy(struct b2c_mappings *mappings, const struct b2c_mappings *from);
void b2c_mappings_free(struct b2c_mappings *mappings);

#endif
