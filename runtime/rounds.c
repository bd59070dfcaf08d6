// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Rounds: which maps are printed together, and what stands above them, as bcc's
 * tools have it: an empty line and the time, or a cleared screen and the load.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "prometheus.h"

#define MS_PER_S 1000

static int64_t ends_ms; /* when the run ends by itself; 0: it does not */

/* Milliseconds between two prints of an output that has seconds of its own; 0: it has none. */
static int64_t own_period(const struct b2c_run *run, const struct b2c_output *output)
{
	return run->settings.interval ? 0 : (int64_t)output->every * MS_PER_S;
}

void b2c_rounds_start(struct b2c_run *run, int64_t now_ms, int64_t end_ms)
{
	size_t i;

	ends_ms = end_ms;
	for (i = 0; i < run->nr_outputs; i++) {
		struct b2c_output *output = run->outputs[i];

		output->since_ms = now_ms;
		output->next_ms = now_ms + own_period(run, output);
	}
}

int64_t b2c_rounds_next(const struct b2c_run *run)
{
	int64_t next = 0;
	size_t i;

	for (i = 0; i < run->nr_outputs; i++) {
		const struct b2c_output *output = run->outputs[i];

		if (output->print && own_period(run, output) && (!next || output->next_ms < next))
			next = output->next_ms;
	}
	return next;
}

static bool is_due(const struct b2c_run *run, const struct b2c_output *output, int64_t now_ms,
		   enum b2c_round round)
{
	int64_t period = own_period(run, output);
	bool at_end = round == B2C_ROUND_END || round == B2C_ROUND_REST;

	if (!output->print || (output->when && !output->when()))
		return false;
	if (at_end && output->no_last)
		return false;
	/* what was printed in the moment in which the run ended is not printed twice */
	if (period)
		return at_end ? !ends_ms || output->next_ms - period < ends_ms
			      : now_ms >= output->next_ms;
	if (output->every || output->every_interval)
		return round == B2C_ROUND_INTERVAL || round == B2C_ROUND_END;
	return at_end;
}

/* bcc's line above a screen: time, load, and an empty line. */
static void add_load(struct b2c_text *text)
{
	b2c_text_printf(text, "%-8s loadavg: ", b2c_time_of_day());
	if (b2c_text_read_file(text, "/proc/loadavg"))
		b2c_text_puts(text, "?\n");
	b2c_text_add(text, "\n", 1);
}

/* What stands above the outputs of a round, of which `output` is the first. */
static int begin_round(struct b2c_run *run, const struct b2c_output *output)
{
	bool clears = output->screen && output->screen();
	struct b2c_text text = { 0 };
	int err;

	if (!clears && !output->has_above)
		b2c_text_add(&text, "\n", 1);
	if (clears && isatty(STDOUT_FILENO))
		b2c_text_puts(&text, "\x1b[H\x1b[2J\x1b[3J");
	if (output->screen)
		add_load(&text);
	err = b2c_write_text(run, &text);
	b2c_text_free(&text);
	return err;
}

/* One output with its time of day: a line of text, or a member of each row. */
static int print_one(struct b2c_run *run, struct b2c_output *output, int64_t now_ms,
		     bool *is_stamped)
{
	bool is_data = run->settings.json || run->settings.csv;
	char line[16];
	int err = 0;

	output->row.time = NULL;
	snprintf(line, sizeof(line), "%-8s\n", b2c_time_of_day());
	if (output->timestamp && output->timestamp()) {
		if (is_data) {
			line[strcspn(line, "\n")] = '\0';
			output->row.time = line;
		} else if (!*is_stamped && !output->has_above) {
			err = b2c_write(run, line, strlen(line));
			*is_stamped = true;
		}
	}
	if (!err && !is_data)
		err = b2c_print_lines(run, output->above);
	if (!err)
		err = output->print(run, output);
	if (!err && !is_data && !output->is_left_out)
		err = b2c_print_lines(run, output->below);
	output->row.time = NULL;
	if (output->clear)
		output->since_ms = now_ms;
	return err;
}

static bool is_any_due(const struct b2c_run *run, int64_t now_ms, enum b2c_round round)
{
	size_t i;

	for (i = 0; i < run->nr_outputs; i++)
		if (is_due(run, run->outputs[i], now_ms, round))
			return true;
	return false;
}

/* What is due as metrics, all maps together; those that are served are not printed. */
static int print_metrics(struct b2c_run *run, int64_t now_ms, enum b2c_round round)
{
	bool is_printed = run->settings.prometheus < 0 && is_any_due(run, now_ms, round);
	int err = is_printed ? run->tool->prometheus->print(run) : 0;
	size_t i;

	for (i = 0; i < run->nr_outputs; i++) {
		struct b2c_output *output = run->outputs[i];
		int64_t period = own_period(run, output);

		while (period && output->next_ms <= now_ms)
			output->next_ms += period;
	}
	return err ? err : b2c_flush(run);
}

int b2c_print_round(struct b2c_run *run, int64_t now_ms, enum b2c_round round)
{
	bool is_first = true, is_stamped = false;
	size_t i;
	int err = 0;

	if (run->settings.prometheus)
		return print_metrics(run, now_ms, round);
	for (i = 0; i < run->nr_outputs && !err; i++) {
		struct b2c_output *output = run->outputs[i];
		int64_t period = own_period(run, output);

		if (!is_due(run, output, now_ms, round))
			continue;
		if (is_first && !run->settings.json && !run->settings.csv)
			err = begin_round(run, output);
		is_first = false;
		if (!err)
			err = print_one(run, output, now_ms, &is_stamped);
		while (period && output->next_ms <= now_ms)
			output->next_ms += period;
	}
	return err ? err : b2c_flush(run);
}
