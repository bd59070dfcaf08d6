// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Stacks: elements of a counting map with the frames that their ids stand for,
 * in bcc's layouts or as JSON.
 */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "maps.h"
#include "run.h"
#include "stack_parts.h"

/* Why stacks can be missing; what there is to say about the map of traces. */
static const struct {
	int64_t id;
	const char *why;
} reasons[B2C_NR_MISSED] = {
	{ -EEXIST, "others have their places in map '%s', which is too small" },
	{ -ENOMEM, "map '%s' is full" },
	{ -ENOENT, "map '%s' does not have them any more" },
	{ 0, "the kernel could not walk them; those of others are in map '%s'" },
};

/* No user part of a kernel thread's stack, and the like, is no loss. */
static bool is_missed(int64_t id)
{
	return id < 0 && id != -EFAULT;
}

int b2c_frames_load(const struct b2c_stack_printer *printer, uint64_t *room, int64_t id,
		    struct b2c_frames *ret_frames)
{
	size_t most = bpf_map__value_size(printer->traces) / sizeof(uint64_t);
	uint32_t key = (uint32_t)id;

	ret_frames->id = id;
	if (id < 0)
		return 0;
	if (bpf_map_lookup_elem(bpf_map__fd(printer->traces), &key, room)) {
		ret_frames->id = -ENOENT;
		return 0;
	}
	while (ret_frames->nr < most && room[ret_frames->nr])
		ret_frames->nr++;
	ret_frames->addresses = calloc(ret_frames->nr + 1, sizeof(*room));
	if (!ret_frames->addresses)
		return -ENOMEM;
	memcpy(ret_frames->addresses, room, ret_frames->nr * sizeof(*room));
	return 0;
}

/* ---- text ---- */

static bool has_form(const struct b2c_stack_printer *printer, enum b2c_stacks_form form)
{
	return printer->form & form;
}

const char *b2c_frame_name(struct b2c_stack_printer *printer,
			   const struct b2c_symbolizer *users, uint32_t pid, uint64_t address)
{
	const struct b2c_stack_cell cell = {
		.users = users,
		.pid = pid,
		.parts = printer->form & (B2C_SYMBOL_OFFSET | B2C_SYMBOL_MODULE),
	};

	b2c_frame_text(printer->run, &cell, address, &printer->name);
	if (!users && has_form(printer, B2C_STACKS_ANNOTATED))
		b2c_text_puts(&printer->name, "_[k]");
	return b2c_text_string(&printer->name);
}

/* The same of a side of a sample. */
static const char *frame_name(struct b2c_stack_printer *printer,
			      const struct b2c_stack_sample *sample,
			      const struct b2c_frames *frames, size_t i)
{
	return b2c_frame_name(printer, frames == &sample->kernel ? NULL : printer->stacks->users,
			      sample->stack.pid, frames->addresses[i]);
}

static void add_escaped(struct b2c_text *text, const char *s)
{
	b2c_text_escaped(text, s, strlen(s));
}

static void add_lines(struct b2c_stack_printer *printer, const struct b2c_stack_sample *sample,
		      const struct b2c_frames *frames)
{
	size_t i;

	for (i = 0; i < frames->nr; i++) {
		b2c_text_puts(&printer->text, "    ");
		add_escaped(&printer->text, frame_name(printer, sample, frames, i));
		b2c_text_add(&printer->text, "\n", 1);
	}
}

/* Whether both sides are there, so that a mark may stand between them. */
static bool is_delimited(const struct b2c_stack_printer *printer,
			 const struct b2c_stack_sample *sample)
{
	return has_form(printer, B2C_STACKS_DELIMITED) && printer->stacks->has_kernel &&
	       printer->stacks->has_user && sample->kernel.id >= 0 && sample->user.id >= 0;
}

static void add_stack(struct b2c_stack_printer *printer, const struct b2c_stack_sample *sample)
{
	const struct b2c_stack *stack = &sample->stack;
	struct b2c_text *text = &printer->text;

	if (is_missed(sample->kernel.id))
		b2c_text_puts(text, "    [Missed Kernel Stack]\n");
	add_lines(printer, sample, &sample->kernel);
	if (is_delimited(printer, sample))
		b2c_text_puts(text, "    --\n");
	if (is_missed(sample->user.id))
		b2c_text_puts(text, "    [Missed User Stack]\n");
	add_lines(printer, sample, &sample->user);
	if (printer->stacks->has_task) {
		b2c_text_printf(text, "    %-16s ", "-");
		add_escaped(text, stack->comm);
		b2c_text_printf(text, " (%u)\n", stack->pid);
	}
	b2c_text_printf(text, "        %llu\n\n", (unsigned long long)stack->count);
}

static void add_part(struct b2c_text *text, const char *part)
{
	b2c_text_puts(text, text->size ? ";" : "");
	add_escaped(text, part);
}

/* ";name" of each frame, outermost first. */
static void add_folded_side(struct b2c_stack_printer *printer,
			    const struct b2c_stack_sample *sample, const struct b2c_frames *frames)
{
	size_t i;

	for (i = frames->nr; i > 0; i--)
		add_part(&printer->text, frame_name(printer, sample, frames, i - 1));
}

static void add_folded(struct b2c_stack_printer *printer, const struct b2c_stack_sample *sample)
{
	struct b2c_text *text = &printer->text;

	if (printer->stacks->has_task)
		add_escaped(text, sample->stack.comm);
	if (is_missed(sample->user.id))
		add_part(text, "[Missed User Stack]");
	add_folded_side(printer, sample, &sample->user);
	if (is_delimited(printer, sample))
		add_part(text, "-");
	if (is_missed(sample->kernel.id))
		add_part(text, "[Missed Kernel Stack]");
	add_folded_side(printer, sample, &sample->kernel);
	b2c_text_printf(text, " %llu\n", (unsigned long long)sample->stack.count);
}

/* ---- JSON ---- */

static void add_json_side(struct b2c_stack_printer *printer, const struct b2c_stack_sample *sample,
			  const struct b2c_frames *frames)
{
	struct b2c_text *text = &printer->text;
	const char *name;
	size_t i;

	b2c_text_puts(text, frames == &sample->kernel ? "\"kernel\":" : "\"user\":");
	if (is_missed(frames->id)) {
		b2c_text_puts(text, "null,");
		return;
	}
	b2c_text_add(text, "[", 1);
	for (i = 0; i < frames->nr; i++) {
		name = frame_name(printer, sample, frames, i);
		b2c_text_puts(text, i ? "," : "");
		b2c_text_json(text, name, strlen(name));
	}
	b2c_text_puts(text, "],");
}

static void add_json_text(struct b2c_text *text, const char *key, const char *value)
{
	b2c_text_printf(text, "\"%s\":", key);
	b2c_text_json(text, value, strlen(value));
	b2c_text_add(text, ",", 1);
}

/* What the lines of the tool have for this element. */
static void add_json_cells(struct b2c_stack_printer *printer)
{
	const struct b2c_stacks *stacks = printer->stacks;
	size_t i;

	for (i = 0; i < stacks->nr_columns; i++) {
		if (!printer->cells[i].size)
			continue;
		b2c_text_printf(&printer->text, "\"%s\":", stacks->columns[i].key);
		b2c_text_puts(&printer->text, b2c_text_string(&printer->cells[i]));
		b2c_text_add(&printer->text, ",", 1);
	}
}

static void add_json(struct b2c_stack_printer *printer, struct b2c_stack_sample *sample)
{
	const struct b2c_stacks *stacks = printer->stacks;
	const char *unit = b2c_text_of(stacks->unit, stacks->unit_of);
	struct b2c_text *text = &printer->text;

	if (stacks->lines && !b2c_layout_cells(printer, sample))
		return;
	b2c_text_add(text, "{", 1);
	if (printer->row->time)
		b2c_text_printf(text, "\"timestamp\":\"%s\",", printer->row->time);
	if (stacks->name)
		add_json_text(text, "stacks", stacks->name);
	if (stacks->has_task) {
		add_json_text(text, "comm", sample->stack.comm);
		b2c_text_printf(text, "\"pid\":%u,", sample->stack.pid);
	}
	if (stacks->has_kernel)
		add_json_side(printer, sample, &sample->kernel);
	if (stacks->has_user)
		add_json_side(printer, sample, &sample->user);
	if (stacks->lines)
		add_json_cells(printer);
	if (unit)
		add_json_text(text, "unit", unit);
	b2c_text_printf(text, "\"count\":%llu}\n", (unsigned long long)sample->stack.count);
}

/* ---- CSV ---- */

static const struct b2c_column csv_columns[] = {
	{ .key = "comm" }, { .key = "pid" },   { .key = "kernel" },
	{ .key = "user" }, { .key = "count" },
};

/* The frames of one side as in a folded line. */
static void put_csv_side(struct b2c_stack_printer *printer, const struct b2c_stack_sample *sample,
			 const struct b2c_frames *frames)
{
	b2c_text_clear(&printer->text);
	add_folded_side(printer, sample, frames);
	b2c_put_text(printer->row, b2c_text_string(&printer->text));
}

/* Of a tool with lines of its own. */
static int put_csv_cells(struct b2c_stack_printer *printer, struct b2c_stack_sample *sample)
{
	const struct b2c_stacks *stacks = printer->stacks;
	struct b2c_row *row = printer->row;
	size_t i;

	if (!b2c_layout_cells(printer, sample))
		return 0;
	b2c_row_begin(row);
	if (stacks->has_task) {
		b2c_put_text(row, sample->stack.comm);
		b2c_put_uint(row, sample->stack.pid);
	}
	for (i = row->column; i + 1 < stacks->nr_columns; i++)
		b2c_put_text(row, b2c_text_string(&printer->cells[i]));
	b2c_put_uint(row, sample->stack.count);
	return b2c_row_end(row);
}

static int put_csv(struct b2c_stack_printer *printer, struct b2c_stack_sample *sample)
{
	struct b2c_row *row = printer->row;

	if (printer->stacks->lines)
		return put_csv_cells(printer, sample);
	b2c_row_begin(row);
	b2c_put_text(row, sample->stack.comm);
	b2c_put_uint(row, sample->stack.pid);
	put_csv_side(printer, sample, &sample->kernel);
	put_csv_side(printer, sample, &sample->user);
	b2c_put_uint(row, sample->stack.count);
	return b2c_row_end(row);
}

/* ---- samples ---- */

void b2c_stack_missed(struct b2c_stack_printer *printer, int64_t id)
{
	size_t i = 0;

	if (!is_missed(id))
		return;
	while (reasons[i].id && reasons[i].id != id)
		i++;
	printer->nr_missed[i]++;
}

static void report_missed(const struct b2c_stack_printer *printer)
{
	struct b2c_text why = { 0 };
	size_t i;

	for (i = 0; i < B2C_SIZE(reasons); i++) {
		unsigned long long nr = printer->nr_missed[i];

		if (!nr)
			continue;
		b2c_text_clear(&why);
		b2c_text_printf(&why, reasons[i].why, bpf_map__name(printer->traces));
		b2c_error(printer->run, "%llu stack%s missing: %s", nr, nr == 1 ? " is" : "s are",
			  b2c_text_string(&why));
	}
	b2c_text_free(&why);
}

/* The name of a process whose program did not note it. */
static void fill_comm(struct b2c_stack *stack)
{
	struct b2c_text comm = { 0 };
	char path[64];

	if (stack->comm[0] || !stack->pid)
		return;
	snprintf(path, sizeof(path), "/proc/%u/comm", stack->pid);
	if (b2c_text_read_file(&comm, path) == 0 && comm.size)
		b2c_stack_comm(stack, comm.data, comm.size - 1);
	b2c_text_free(&comm);
}

static int print_sample(struct b2c_stack_printer *printer, struct b2c_stack_sample *sample)
{
	size_t i;

	b2c_text_clear(&printer->text);
	b2c_stack_missed(printer, sample->kernel.id);
	b2c_stack_missed(printer, sample->user.id);
	for (i = 0; i < sample->nr_sides; i++)
		b2c_stack_missed(printer, sample->sides[i].id);
	if (printer->stacks->has_task)
		fill_comm(&sample->stack);
	if (printer->run->settings.csv)
		return put_csv(printer, sample);
	if (printer->run->settings.json)
		add_json(printer, sample);
	else if (printer->stacks->lines)
		b2c_layout_text(printer, sample);
	else if (has_form(printer, B2C_STACKS_FOLDED))
		add_folded(printer, sample);
	else
		add_stack(printer, sample);
	return b2c_write_text(printer->run, &printer->text);
}

static int sample_compare(const void *a, const void *b)
{
	const struct b2c_stack_sample *x = a, *y = b;

	return x->order < y->order ? -1 : x->order > y->order;
}

static void forget_trace(const struct b2c_stack_printer *printer, int64_t id)
{
	uint32_t key = (uint32_t)id;

	if (id >= 0)
		bpf_map_delete_elem(bpf_map__fd(printer->traces), &key);
}

/* An element of the counting map; sides that the tool does not have are empty. */
static void get_sample(const struct b2c_stacks *stacks, const struct b2c_elements *elements,
		       size_t i, struct b2c_stack_sample *ret_sample)
{
	const void *key = elements->keys + i * elements->key_size;
	const void *value = elements->values + i * elements->value_size;

	stacks->get(key, value, &ret_sample->stack);
	if (!stacks->has_kernel)
		ret_sample->stack.kernel = -EFAULT;
	if (!stacks->has_user)
		ret_sample->stack.user = -EFAULT;
	ret_sample->key = key;
	ret_sample->value = value;
	ret_sample->order = stacks->order ? -stacks->order(key, value)
					  : (double)ret_sample->stack.count;
}

/*
 * Takes the traces of all samples at once, before anything is printed: names
 * take time, and what is counted meanwhile needs its traces in the next round.
 */
static int load_samples(struct b2c_stack_printer *printer, const struct b2c_elements *elements,
			struct b2c_stack_sample *samples)
{
	const struct b2c_stacks *stacks = printer->stacks;
	uint64_t *room = calloc(1, bpf_map__value_size(printer->traces));
	int err = room ? 0 : -ENOMEM;
	size_t i, k, nr;

	for (i = 0; i < elements->nr && !err; i++) {
		struct b2c_stack_sample *sample = &samples[i];

		get_sample(stacks, elements, i, sample);
		err = b2c_frames_load(printer, room, sample->stack.kernel, &sample->kernel);
		if (!err)
			err = b2c_frames_load(printer, room, sample->stack.user, &sample->user);
		if (!err && stacks->lines)
			err = b2c_layout_load(printer, room, sample);
	}
	for (nr = i, i = 0; i < nr && stacks->clear; i++) {
		forget_trace(printer, samples[i].stack.kernel);
		forget_trace(printer, samples[i].stack.user);
		for (k = 0; k < samples[i].nr_sides; k++)
			forget_trace(printer, samples[i].sides[k].id);
	}
	free(room);
	return err;
}

/* The largest stand at the end, or with an order of the tool's own at the start. */
static int print_samples(struct b2c_stack_printer *printer, struct b2c_stack_sample *samples,
			 size_t nr)
{
	const struct b2c_stacks *stacks = printer->stacks;
	size_t shown = stacks->top && stacks->top < nr ? stacks->top : nr, i;
	int err = 0;

	qsort(samples, nr, sizeof(*samples), sample_compare);
	if (!stacks->order)
		samples += nr - shown;
	for (i = 0; i < shown && !err; i++)
		err = print_sample(printer, &samples[i]);
	report_missed(printer);
	return err;
}

static int print_elements(struct b2c_stack_printer *printer, const struct b2c_elements *elements)
{
	struct b2c_stack_sample *samples = calloc(elements->nr + 1, sizeof(*samples));
	int err = -ENOMEM;
	size_t i;

	if (samples)
		err = load_samples(printer, elements, samples);
	if (!err)
		err = print_samples(printer, samples, elements->nr);
	for (i = 0; samples && i < elements->nr; i++) {
		free(samples[i].kernel.addresses);
		free(samples[i].user.addresses);
		b2c_layout_free(&samples[i]);
	}
	free(samples);
	return err;
}

static int stacks_print(struct b2c_run *run, struct b2c_output *output)
{
	const struct b2c_stacks *stacks = output->config;
	struct b2c_read how = { .sum_size = 8, .clear = stacks->clear };
	struct b2c_stack_printer printer = {
		.run = run,
		.stacks = stacks,
		.traces = output->traces,
		.row = &output->row,
		.form = stacks->form ? stacks->form() : 0,
	};
	struct b2c_elements elements;
	int err = b2c_map_read(output->map, &how, &elements);
	size_t i;

	if (!err && stacks->nr_columns) {
		printer.cells = calloc(stacks->nr_columns, sizeof(*printer.cells));
		err = printer.cells ? 0 : -ENOMEM;
	}
	if (err)
		b2c_error(run, "cannot read map '%s': %s", bpf_map__name(output->map),
			  strerror(-err));
	else
		err = print_elements(&printer, &elements);
	b2c_elements_free(&elements);
	for (i = 0; printer.cells && i < stacks->nr_columns; i++)
		b2c_text_free(&printer.cells[i]);
	free(printer.cells);
	b2c_text_free(&printer.text);
	b2c_text_free(&printer.name);
	return err;
}

/* ---- processes that end before their stacks are printed ---- */

#define LOOK_MS 1000

struct look {
	struct b2c_output *output;
	int fd; /* a timer */
};

/* Those that were there before the tool are known once they have a stack. */
static int look_consume(struct b2c_run *run, void *handle)
{
	const struct look *look = handle;
	const struct b2c_stacks *stacks = look->output->config;
	struct b2c_read how = { .sum_size = 8 };
	struct b2c_elements elements;
	struct b2c_stack stack;
	uint64_t nr_rounds;
	size_t i;

	if (read(look->fd, &nr_rounds, sizeof(nr_rounds)) != sizeof(nr_rounds))
		return 0;
	if (!b2c_map_read(look->output->map, &how, &elements)) {
		for (i = 0; i < elements.nr; i++) {
			const void *key = elements.keys + i * elements.key_size;
			const void *value = elements.values + i * elements.value_size;

			memset(&stack, 0, sizeof(stack));
			stacks->get(key, value, &stack);
			if (stacks->has_user && stack.user >= 0 && stack.pid)
				run->users->see(stack.pid);
			if (stacks->lines)
				b2c_layout_watch(run, stacks, key, value);
		}
	}
	b2c_elements_free(&elements);
	return 0;
}

static void look_release(void *handle)
{
	struct look *look = handle;

	close(look->fd);
	free(look);
}

static void watch_processes(struct b2c_run *run, struct b2c_output *output)
{
	const struct b2c_stacks *stacks = output->config;
	struct b2c_source source = { .consume = look_consume, .release = look_release };
	const struct itimerspec every = {
		.it_interval.tv_sec = LOOK_MS / 1000,
		.it_value.tv_nsec = 100 * 1000000,
	};
	struct look *look = malloc(sizeof(*look));

	if (!run->users)
		stacks->users->watch(run);
	run->users = stacks->users;
	if (!look)
		return;
	*look = (struct look){ .output = output };
	look->fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	if (look->fd < 0 || timerfd_settime(look->fd, 0, &every, NULL)) {
		look_release(look);
		return;
	}
	source.fd = look->fd;
	source.handle = look;
	b2c_add_source(run, &source);
}

void b2c_print_stacks(struct b2c_run *run, struct bpf_map *counts, struct bpf_map *traces,
		      const struct b2c_stacks *stacks)
{
	struct b2c_output *output =
		b2c_add_map_output(run, counts, stacks->key_size, stacks->value_size);

	if (!output)
		return;
	if (stacks->lines)
		b2c_row_init(&output->row, run, NULL, stacks->columns, stacks->nr_columns);
	else
		b2c_row_init(&output->row, run, NULL, csv_columns, B2C_SIZE(csv_columns));
	output->traces = traces;
	output->config = stacks;
	output->print = stacks_print;
	B2C_TAKE_TIMES(output, stacks);
	if (stacks->users)
		watch_processes(run, output);
}
