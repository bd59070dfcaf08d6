// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Hand-made units and a manifest: what the frontend and the manifest reader
 * would give for five small tools. The tests of bind and emit share them; the
 * BPF text is what the frontend would write, and compiles.
 */
#ifndef B2C_STUB_UNITS_H
#define B2C_STUB_UNITS_H

#include "model.h"

struct stub {
	const char *source;
	struct b2c_unit unit;
	struct b2c_manifest manifest;
};

/* Events with strings, addresses, options and a manifest with columns. */
struct stub stub_opens(void);

/* Histograms, one with a section, and a hash; no manifest. */
struct stub stub_biolat(void);

/* A table by a record key, a per-CPU map and a hash of strings. */
struct stub stub_counts(void);

/* Kernel and user stacks. */
struct stub stub_stacks(void);

/* bpf_trace_printk alone. */
struct stub stub_hello(void);

#endif
