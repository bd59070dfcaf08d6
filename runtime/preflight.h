// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* --check: what the tool needs of this host and whether it is there. Part of run.h. */
#ifndef B2C_PREFLIGHT_H
#define B2C_PREFLIGHT_H

#include <bpf/libbpf.h>
#include <stdbool.h>

#include "text.h"

struct b2c_probe;
struct b2c_run;

enum b2c_verdict { B2C_OK, B2C_FALLBACK, B2C_MISSING };

struct b2c_preflight {
	struct b2c_run *run;
	struct bpf_object *object; /* opened, not loaded */
	bool is_missing;	   /* something that the tool cannot do without */
	struct b2c_text reason;	   /* of the next verdict */
	char said[160];		   /* what a question has to say */
};

/* One line of the answer: the verdict on a need, its name, and preflight->reason, emptied. */
void b2c_verdict(struct b2c_preflight *preflight, enum b2c_verdict verdict, const char *need,
		 const char *name);

/* Loads and attaches nothing. Returns B2C_DONE, or -ENOENT if something is missing. */
int b2c_preflight(struct b2c_run *run, struct bpf_object *object);

/* preflight_probes.c: the places of the probes. */
void b2c_preflight_probes(struct b2c_preflight *preflight);

#endif
