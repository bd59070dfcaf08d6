// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What is common to the outputs of ring and perf buffers. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

void b2c_print_events(struct b2c_run *run, struct bpf_map *map, b2c_print_event_fn print,
		      const struct b2c_column *columns, size_t nr_columns)
{
	struct b2c_output *output = b2c_add_event_output(run, map, print, columns, nr_columns);

	if (!output)
		return;
	if (bpf_map__type(map) == BPF_MAP_TYPE_RINGBUF)
		run->err = b2c_add_ring(run, output);
	else
		run->err = b2c_add_perf(run, output);
	if (run->err)
		b2c_error(run, "cannot read events of map '%s': %s", bpf_map__name(map),
			  b2c_reason(B2C_STEP_ATTACH, run->err));
}

void b2c_name_record(struct b2c_run *run, const char *name)
{
	if (run->nr_outputs)
		run->outputs[run->nr_outputs - 1]->row.record = name;
}

void b2c_hide_header(struct b2c_run *run)
{
	if (run->nr_outputs)
		run->outputs[run->nr_outputs - 1]->row.no_header = true;
}
