// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Tools with several programs: the one that the options chose; see b2c.h. */
#include <errno.h>
#include <stdlib.h>

#include "run.h"

int b2c_take_variant(struct b2c_run *run, const struct b2c_tool *variant)
{
	struct b2c_choice *choices = calloc(variant->nr_probes + 1, sizeof(*choices));

	if (!choices) {
		b2c_error(run, "out of memory");
		return -ENOMEM;
	}
	free(run->choices);
	run->choices = choices;
	run->tool = variant;
	return 0;
}
