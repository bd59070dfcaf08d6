// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The BTF of a run, and what of the host decides about it. */
#ifndef B2C_RUNTIME_BTF_H
#define B2C_RUNTIME_BTF_H

#include <b2c/btf.h>

#include "run.h"

struct b2c_btf_host {
	const char *release; /* uname -r */
	const char *build;   /* uname -v */
	size_t size;	     /* of its BTF; 0: it has none */
};

/* The set that was made for the host, or NULL. */
const struct b2c_btf_set *b2c_btf_match(const struct b2c_btf_set *sets, size_t nr,
					const struct b2c_btf_host *host);

/* Puts the path of a set that fits into run->btf_path, which stays empty without one. */
void b2c_btf_choose(struct b2c_run *run);

/* Once the programs are loaded. */
void b2c_btf_release(struct b2c_run *run);

#endif
