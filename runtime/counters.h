// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What became of every record and every insert. Part of run.h. */
#ifndef B2C_COUNTERS_H
#define B2C_COUNTERS_H

#include <b2c/b2c.h>

#include "text.h"

struct b2c_output;

/* A map and the BPF program's counter of inserts that it refused for want of room. */
struct b2c_full {
	const struct bpf_map *map;
	const unsigned long long *nr;
};

/* Of one buffer; what the programs meant to send is `received` and `all_lost`. */
struct b2c_counts {
	unsigned long long received;
	unsigned long long lost[B2C_NR_LOST];
	unsigned long long all_lost;
};

void b2c_counts_of(const struct b2c_output *output, struct b2c_counts *ret_counts);
void b2c_counts_json(struct b2c_text *text, const char *name, const struct b2c_counts *counts);
void b2c_counts_text(struct b2c_text *text, const char *name, const struct b2c_counts *counts);

/*
 * Says what was lost, once nothing is attached and all is read and while the maps are
 * there; under --json as the last line, {"end": {...}}. Adds to run->nr_lost.
 */
void b2c_report_counts(struct b2c_run *run);

#endif
