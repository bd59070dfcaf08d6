// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What is common to the records of ring and perf buffers: which output prints them. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

int b2c_print_record(struct b2c_output *output, void *data, size_t size)
{
	struct b2c_run *run = output->row.run;
	int err = B2C_NOT_TAKEN;

	for (; output && err == B2C_NOT_TAKEN; output = output->other)
		err = output->print_event(&output->row, data, size);
	if (err != B2C_NOT_TAKEN)
		return err;
	run->nr_untaken++;
	return 0;
}

/* Whether other outputs show records of the same map: then it comes after them. */
static bool join_others(struct b2c_run *run, struct b2c_output *output)
{
	struct b2c_output *last = NULL;
	size_t i;

	for (i = 0; i < run->nr_outputs; i++)
		if (run->outputs[i] != output && run->outputs[i]->print_event &&
		    run->outputs[i]->map == output->map)
			last = run->outputs[i];
	if (last)
		last->other = output;
	output->is_joined = last;
	return last;
}

void b2c_print_events(struct b2c_run *run, struct bpf_map *map, b2c_print_event_fn print,
		      const struct b2c_column *columns, size_t nr_columns)
{
	struct b2c_output *output = b2c_add_output(run, map);

	if (!output)
		return;
	b2c_row_init(&output->row, run, output, columns, nr_columns);
	output->print_event = print;
	if (join_others(run, output))
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
