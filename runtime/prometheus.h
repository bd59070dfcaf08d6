// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Metrics of maps in Prometheus' text format, version 0.0.4. Outputs write theirs
 * through `expose` of struct b2c_output; a tool that has the option names b2c_prometheus.
 */
#ifndef B2C_PROMETHEUS_H
#define B2C_PROMETHEUS_H

#include "run.h"

/* What --prometheus does, behind a pointer so that other tools link without it. */
struct b2c_exporter {
	int (*print)(struct b2c_run *run);
	int (*serve)(struct b2c_run *run); /* at the port of the settings, until the run ends */
};

/* ---- prometheus_text.c ---- */

/* All metrics of all outputs. Returns 0 or -errno after a message. */
int b2c_metrics(struct b2c_run *run, struct b2c_text *text);

/* "TOOL_MAP", or "TOOL_MAP_COLUMN". */
void b2c_metric_name(struct b2c_text *text, const struct b2c_run *run,
		     const struct b2c_output *output, const char *column);
/* The lines "# HELP" and "# TYPE" of a metric; `what` describes it. */
void b2c_metric_head(struct b2c_text *text, const char *name, const char *type, const char *what);
/* Appends `key="value"`, after a comma if needed. The value has no control characters. */
void b2c_metric_label(struct b2c_text *labels, const char *key, const char *value, size_t size);

/* ---- prometheus_server.c ---- */

int b2c_serve_metrics(struct b2c_run *run);

/* ---- table_metrics.c, histogram_metrics.c: for `expose` ---- */

int b2c_table_metrics(struct b2c_run *run, struct b2c_output *output, struct b2c_text *text);
int b2c_histogram_metrics(struct b2c_run *run, struct b2c_output *output, struct b2c_text *text);

#endif
