// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* --prometheus: what a tool with maps links for it. */
#include "prometheus.h"

static int print_metrics(struct b2c_run *run)
{
	struct b2c_text text = { 0 };
	int err = b2c_metrics(run, &text);

	if (!err)
		err = b2c_write_text(run, &text);
	b2c_text_free(&text);
	return err;
}

const struct b2c_exporter b2c_prometheus = {
	.print = print_metrics,
	.serve = b2c_serve_metrics,
};
