// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Standard output. Everything goes through one buffer that is flushed whenever
 * the tool waits, so lines are never late in a pipe and many at once are one
 * write. A reader that went away is a clean end, not an error.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "run.h"

static int write_failed(struct b2c_run *run, int err)
{
	if (!run->stdout_closed && err != EPIPE)
		b2c_error(run, "cannot write to standard output: %s", strerror(err));
	run->stdout_closed = true;
	return -err;
}

int b2c_write(struct b2c_run *run, const char *data, size_t size)
{
	if (run->stdout_closed)
		return -EPIPE;
	errno = 0;
	/* one thread writes */
	if (fwrite_unlocked(data, 1, size, stdout) != size)
		return write_failed(run, errno ? errno : EIO);
	return 0;
}

int b2c_write_text(struct b2c_run *run, const struct b2c_text *text)
{
	if (text->failed)
		return -ENOMEM;
	return b2c_write(run, b2c_text_string(text), text->size);
}

int b2c_flush(struct b2c_run *run)
{
	if (run->stdout_closed)
		return -EPIPE;
	run->terminal_width = 0;
	errno = 0;
	if (fflush(stdout))
		return write_failed(run, errno ? errno : EIO);
	return 0;
}

size_t b2c_terminal_width(struct b2c_run *run)
{
	struct winsize size = { 0 };

	if (!run->terminal_width && !run->is_no_terminal) {
		run->is_no_terminal = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || !size.ws_col;
		run->terminal_width = size.ws_col;
	}
	return run->terminal_width;
}

struct b2c_output *b2c_add_map_output(struct b2c_run *run, struct bpf_map *map, size_t key_size,
				      size_t value_size)
{
	if (!run->err &&
	    (bpf_map__key_size(map) != key_size || bpf_map__value_size(map) != value_size)) {
		b2c_error(run, "map '%s' does not have the layout of its output",
			  bpf_map__name(map));
		run->err = -EINVAL;
	}
	return b2c_add_output(run, map);
}

struct b2c_output *b2c_add_output(struct b2c_run *run, struct bpf_map *map)
{
	struct b2c_output **outputs;
	struct b2c_output *output;

	if (run->err)
		return NULL;
	outputs = realloc(run->outputs, (run->nr_outputs + 1) * sizeof(*outputs));
	if (outputs)
		run->outputs = outputs;
	output = calloc(1, sizeof(*output));
	if (!outputs || !output) {
		free(output);
		run->err = -ENOMEM;
		return NULL;
	}
	output->map = map;
	run->outputs[run->nr_outputs++] = output;
	return output;
}

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

/* Whether other outputs show records of the same map, or of none: then it comes after them. */
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

struct b2c_output *b2c_add_event_output(struct b2c_run *run, struct bpf_map *map,
					b2c_print_event_fn print,
					const struct b2c_column *columns, size_t nr_columns)
{
	struct b2c_output *output = b2c_add_output(run, map);

	if (!output)
		return NULL;
	b2c_row_init(&output->row, run, output, columns, nr_columns);
	output->print_event = print;
	return join_others(run, output) ? NULL : output;
}

int b2c_add_source(struct b2c_run *run, const struct b2c_source *source)
{
	struct b2c_source *sources;

	sources = realloc(run->sources, (run->nr_sources + 1) * sizeof(*sources));
	if (!sources) {
		source->release(source->handle);
		run->err = -ENOMEM;
		return -ENOMEM;
	}
	run->sources = sources;
	run->sources[run->nr_sources++] = *source;
	return 0;
}
