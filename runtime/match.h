// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Probes by pattern: what functions, tracepoints and symbols of files have in common. */
#ifndef B2C_MATCH_H
#define B2C_MATCH_H

#include <regex.h>

#include "detach.h"
#include "functions.h"
#include "run.h"

/* Attach types that <linux/bpf.h> may not know yet. */
#define B2C_TRACE_KPROBE_MULTI 42
#define B2C_TRACE_UPROBE_MULTI 48

/* The places that match a pattern. */
struct b2c_matches {
	const struct b2c_probe *probe;
	struct bpf_program *program;
	const char *way;  /* all at once: "kprobe_multi"; NULL: one by one */
	char path[PATH_MAX]; /* symbols: their file */
	struct b2c_functions names;
	uint64_t *offsets; /* symbols: of each name in the file */
	size_t nr_refused; /* not to be tried, or tried in vain */
	/* Attaches to `nr` names from `from` on; one by one `nr` is 1. 0 or -errno. */
	int (*attach)(struct b2c_run *run, const struct b2c_matches *matches, size_t from,
		      size_t nr);
};

/* Whether a name matches `regex`, a regex_t, from its start. A b2c_name_fits. */
bool b2c_name_matches(const char *name, const void *regex);
int b2c_pattern_compile(const struct b2c_probe *probe, regex_t *ret_regex);

/* Attaches to what was found and tells how often; what the kernel refuses is left out. */
int b2c_attach_matches(struct b2c_run *run, struct b2c_matches *matches);
void b2c_matches_free(struct b2c_matches *matches);

/* Whether all rows of a program that are on are of this pattern, and it calls no other one. */
bool b2c_can_be_multi(const struct b2c_run *run, size_t index);
/* Makes a link of a type that libbpf does not know. Returns the descriptor or -errno. */
int b2c_link_create(const void *attr, size_t size);

#endif
