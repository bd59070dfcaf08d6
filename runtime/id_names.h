// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Names by number: what columns of users and cgroups look up. A number that is
 * not known is looked for again, at most once a second, by reading everything.
 */
#ifndef B2C_ID_NAMES_H
#define B2C_ID_NAMES_H

#include <stddef.h>
#include <stdint.h>
#include <time.h>

struct b2c_id_name {
	uint64_t id;
	size_t added; /* before those with larger numbers */
	char *name;
};

struct b2c_id_names {
	void (*read)(struct b2c_id_names *names); /* calls b2c_id_name_add() for each */
	struct b2c_id_name *items;		  /* by id, but those just added */
	size_t nr;
	size_t nr_sorted;
	time_t last; /* when they were read */
};

/* The name, valid until the next call; NULL if there is none. */
const char *b2c_id_name(struct b2c_id_names *names, uint64_t id);

/* Takes note of a name; what `id` was called before is forgotten. Drops it for want of memory. */
void b2c_id_name_add(struct b2c_id_names *names, uint64_t id, const char *name);

#endif
