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

#include "maps.h"
#include "run.h"
#include "symbols.h"

/* One side of a stack: addresses, innermost first. */
struct frames {
	int64_t id;
	uint64_t *addresses;
	size_t nr;
};

/* An element of the counting map with its frames. */
struct sample {
	struct b2c_stack stack;
	struct frames kernel;
	struct frames user;
};

struct printer {
	struct b2c_run *run;
	const struct b2c_stacks *stacks;
	struct bpf_map *traces;
	struct b2c_row *row; /* of CSV */
	struct b2c_text text;
	struct frames kernel;
	struct frames user;
	uint64_t nr_missed;
	bool is_crowded; /* some were missed because the map of traces is too small */
};

/* No user part of a kernel thread's stack, and the like, is no loss. */
static bool is_missed(int64_t id)
{
	return id < 0 && id != -EFAULT;
}

/* Copies what an id stands for; `room` holds one value of the map of traces. */
static int load_frames(const struct printer *printer, uint64_t *room, int64_t id,
		       struct frames *ret_frames)
{
	size_t most = bpf_map__value_size(printer->traces) / sizeof(uint64_t);
	uint32_t key = (uint32_t)id;

	ret_frames->id = id;
	if (id < 0 || bpf_map_lookup_elem(bpf_map__fd(printer->traces), &key, room))
		return 0;
	while (ret_frames->nr < most && room[ret_frames->nr])
		ret_frames->nr++;
	ret_frames->addresses = calloc(ret_frames->nr + 1, sizeof(*room));
	if (!ret_frames->addresses)
		return -ENOMEM;
	memcpy(ret_frames->addresses, room, ret_frames->nr * sizeof(*room));
	return 0;
}

static const char *kernel_name(const struct printer *printer, uint32_t pid, uint64_t address)
{
	const char *name = b2c_kernel_symbol(address, NULL);

	(void)printer;
	(void)pid;
	return name ? name : "[unknown]";
}

static const char *user_name(const struct printer *printer, uint32_t pid, uint64_t address)
{
	const struct b2c_symbolizer *users = printer->stacks->users;
	const char *name = users ? users->find(pid, address) : NULL;

	return name ? name : "[unknown]";
}

typedef const char *(*name_fn)(const struct printer *printer, uint32_t pid, uint64_t address);

static void add_escaped(struct b2c_text *text, const char *s)
{
	b2c_text_escaped(text, s, strlen(s));
}

static void add_lines(struct printer *printer, const struct frames *frames, uint32_t pid,
		      name_fn name)
{
	size_t i;

	for (i = 0; i < frames->nr; i++) {
		b2c_text_puts(&printer->text, "    ");
		add_escaped(&printer->text, name(printer, pid, frames->addresses[i]));
		b2c_text_add(&printer->text, "\n", 1);
	}
}

static void add_stack(struct printer *printer, const struct b2c_stack *stack)
{
	struct b2c_text *text = &printer->text;

	if (printer->stacks->has_kernel && is_missed(stack->kernel))
		b2c_text_puts(text, "    [Missed Kernel Stack]\n");
	add_lines(printer, &printer->kernel, stack->pid, kernel_name);
	if (printer->stacks->has_user && is_missed(stack->user))
		b2c_text_puts(text, "    [Missed User Stack]\n");
	add_lines(printer, &printer->user, stack->pid, user_name);
	if (printer->stacks->has_task) {
		b2c_text_printf(text, "    %-16s ", "-");
		add_escaped(text, stack->comm);
		b2c_text_printf(text, " (%u)\n", stack->pid);
	}
	b2c_text_printf(text, "        %llu\n\n", (unsigned long long)stack->count);
}

/* ";name" of each frame, outermost first. */
static void add_folded_side(struct printer *printer, const struct frames *frames, uint32_t pid,
			    name_fn name)
{
	size_t i;

	for (i = frames->nr; i > 0; i--) {
		b2c_text_add(&printer->text, ";", printer->text.size > 0);
		add_escaped(&printer->text, name(printer, pid, frames->addresses[i - 1]));
	}
}

static void add_folded(struct printer *printer, const struct b2c_stack *stack)
{
	struct b2c_text *text = &printer->text;

	if (printer->stacks->has_task)
		add_escaped(text, stack->comm);
	if (printer->stacks->has_user && is_missed(stack->user))
		b2c_text_printf(text, "%s[Missed User Stack]", text->size ? ";" : "");
	add_folded_side(printer, &printer->user, stack->pid, user_name);
	if (printer->stacks->has_user && stack->user >= 0 && stack->kernel >= 0 &&
	    printer->stacks->has_kernel)
		b2c_text_puts(text, ";-");
	if (printer->stacks->has_kernel && is_missed(stack->kernel))
		b2c_text_printf(text, "%s[Missed Kernel Stack]", text->size ? ";" : "");
	add_folded_side(printer, &printer->kernel, stack->pid, kernel_name);
	b2c_text_printf(text, " %llu\n", (unsigned long long)stack->count);
}

static void add_json_side(struct printer *printer, const struct frames *frames, uint32_t pid,
			  name_fn name)
{
	struct b2c_text *text = &printer->text;
	size_t i;

	if (is_missed(frames->id)) {
		b2c_text_puts(text, "null");
		return;
	}
	b2c_text_add(text, "[", 1);
	for (i = 0; i < frames->nr; i++) {
		const char *s = name(printer, pid, frames->addresses[i]);

		b2c_text_puts(text, i ? "," : "");
		b2c_text_json(text, s, strlen(s));
	}
	b2c_text_add(text, "]", 1);
}

static void add_json(struct printer *printer, const struct b2c_stack *stack)
{
	struct b2c_text *text = &printer->text;

	b2c_text_add(text, "{", 1);
	if (printer->row->time)
		b2c_text_printf(text, "\"timestamp\":\"%s\",", printer->row->time);
	if (printer->stacks->name) {
		b2c_text_puts(text, "\"stacks\":");
		b2c_text_json(text, printer->stacks->name, strlen(printer->stacks->name));
		b2c_text_add(text, ",", 1);
	}
	if (printer->stacks->has_task) {
		b2c_text_puts(text, "\"comm\":");
		b2c_text_json(text, stack->comm, strlen(stack->comm));
		b2c_text_printf(text, ",\"pid\":%u,", stack->pid);
	}
	if (printer->stacks->has_kernel) {
		b2c_text_puts(text, "\"kernel\":");
		add_json_side(printer, &printer->kernel, stack->pid, kernel_name);
		b2c_text_add(text, ",", 1);
	}
	if (printer->stacks->has_user) {
		b2c_text_puts(text, "\"user\":");
		add_json_side(printer, &printer->user, stack->pid, user_name);
		b2c_text_add(text, ",", 1);
	}
	b2c_text_printf(text, "\"count\":%llu}\n", (unsigned long long)stack->count);
}

static const struct b2c_column csv_columns[] = {
	{ .key = "comm" }, { .key = "pid" },   { .key = "kernel" },
	{ .key = "user" }, { .key = "count" },
};

/* The frames of one side as in a folded line. */
static void put_csv_side(struct printer *printer, struct b2c_row *row, const struct frames *frames,
			 uint32_t pid, name_fn name)
{
	b2c_text_clear(&printer->text);
	add_folded_side(printer, frames, pid, name);
	b2c_put_text(row, b2c_text_string(&printer->text));
}

static int put_csv(struct printer *printer, struct b2c_row *row, const struct b2c_stack *stack)
{
	b2c_row_begin(row);
	b2c_put_text(row, stack->comm);
	b2c_put_uint(row, stack->pid);
	put_csv_side(printer, row, &printer->kernel, stack->pid, kernel_name);
	put_csv_side(printer, row, &printer->user, stack->pid, user_name);
	b2c_put_uint(row, stack->count);
	return b2c_row_end(row);
}

static void note_missed(struct printer *printer, bool has_side, int64_t id)
{
	if (!has_side || !is_missed(id))
		return;
	printer->nr_missed++;
	printer->is_crowded |= id == -EEXIST || id == -ENOMEM;
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

static int print_sample(struct printer *printer, struct sample *sample)
{
	const struct b2c_stacks *stacks = printer->stacks;
	struct b2c_stack *stack = &sample->stack;

	b2c_text_clear(&printer->text);
	printer->kernel = sample->kernel;
	printer->user = sample->user;
	note_missed(printer, stacks->has_kernel, stack->kernel);
	note_missed(printer, stacks->has_user, stack->user);
	if (stacks->has_task)
		fill_comm(stack);
	if (printer->run->settings.csv)
		return put_csv(printer, printer->row, stack);
	if (printer->run->settings.json)
		add_json(printer, stack);
	else if (stacks->folded && stacks->folded())
		add_folded(printer, stack);
	else
		add_stack(printer, stack);
	return b2c_write_text(printer->run, &printer->text);
}

static int sample_compare(const void *a, const void *b)
{
	const struct sample *x = a, *y = b;

	return x->stack.count < y->stack.count ? -1 : x->stack.count > y->stack.count;
}

static void forget_trace(const struct printer *printer, int64_t id)
{
	uint32_t key = (uint32_t)id;

	if (id >= 0)
		bpf_map_delete_elem(bpf_map__fd(printer->traces), &key);
}

/*
 * Takes the traces of all samples at once, before anything is printed: names
 * take time, and what is counted meanwhile needs its traces in the next round.
 */
static int load_samples(const struct printer *printer, const struct b2c_elements *elements,
			struct sample *samples)
{
	const struct b2c_stacks *stacks = printer->stacks;
	uint64_t *room = calloc(1, bpf_map__value_size(printer->traces));
	int err = room ? 0 : -ENOMEM;
	size_t i;

	for (i = 0; i < elements->nr && !err; i++) {
		struct sample *sample = &samples[i];

		stacks->get(elements->keys + i * elements->key_size,
			    elements->values + i * elements->value_size, &sample->stack);
		if (!stacks->has_kernel)
			sample->stack.kernel = -EFAULT;
		if (!stacks->has_user)
			sample->stack.user = -EFAULT;
		err = load_frames(printer, room, sample->stack.kernel, &sample->kernel);
		if (!err)
			err = load_frames(printer, room, sample->stack.user, &sample->user);
	}
	for (i = 0; i < elements->nr && stacks->clear; i++) {
		forget_trace(printer, samples[i].stack.kernel);
		forget_trace(printer, samples[i].stack.user);
	}
	free(room);
	return err;
}

static int print_samples(struct printer *printer, struct sample *samples, size_t nr)
{
	size_t i;
	int err = 0;

	qsort(samples, nr, sizeof(*samples), sample_compare);
	for (i = 0; i < nr && !err; i++)
		err = print_sample(printer, &samples[i]);
	if (printer->nr_missed)
		b2c_error(printer->run, "%llu stack%s missing%s%s%s",
			  (unsigned long long)printer->nr_missed,
			  printer->nr_missed == 1 ? " is" : "s are",
			  printer->is_crowded ? ", map '" : "",
			  printer->is_crowded ? bpf_map__name(printer->traces) : "",
			  printer->is_crowded ? "' is too small" : "");
	return err;
}

static int print_elements(struct printer *printer, const struct b2c_elements *elements)
{
	struct sample *samples = calloc(elements->nr + 1, sizeof(*samples));
	int err = -ENOMEM;
	size_t i;

	if (samples)
		err = load_samples(printer, elements, samples);
	if (!err)
		err = print_samples(printer, samples, elements->nr);
	for (i = 0; samples && i < elements->nr; i++) {
		free(samples[i].kernel.addresses);
		free(samples[i].user.addresses);
	}
	free(samples);
	return err;
}

static int stacks_print(struct b2c_run *run, struct b2c_output *output)
{
	const struct b2c_stacks *stacks = output->config;
	struct b2c_read how = { .sum_size = 8, .clear = stacks->clear };
	struct printer printer = {
		.run = run,
		.stacks = stacks,
		.traces = output->traces,
		.row = &output->row,
	};
	struct b2c_elements elements;
	int err = b2c_map_read(output->map, &how, &elements);

	if (err)
		b2c_error(run, "cannot read map '%s': %s", bpf_map__name(output->map),
			  strerror(-err));
	else
		err = print_elements(&printer, &elements);
	b2c_elements_free(&elements);
	b2c_text_free(&printer.text);
	if (stacks->users)
		stacks->users->release();
	return err;
}

void b2c_print_stacks(struct b2c_run *run, struct bpf_map *counts, struct bpf_map *traces,
		      const struct b2c_stacks *stacks)
{
	struct b2c_output *output =
		b2c_add_map_output(run, counts, stacks->key_size, stacks->value_size);

	if (!output)
		return;
	b2c_row_init(&output->row, run, NULL, csv_columns, B2C_SIZE(csv_columns));
	output->traces = traces;
	output->config = stacks;
	output->print = stacks_print;
	B2C_TAKE_TIMES(output, stacks);
}
