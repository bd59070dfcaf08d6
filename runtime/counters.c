// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What became of every record and every insert. A record that a BPF program could
 * not send is counted where that happened, by reason; all others are read before the
 * run ends, since nothing sends any more then: so what was submitted is what was received.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "counters.h"
#include "run.h"

static const char *const reasons[B2C_NR_LOST] = {
	[B2C_LOST_FULL] = "full",
	[B2C_LOST_TOO_LARGE] = "too_large",
	[B2C_LOST_OTHER] = "other",
};

void b2c_count_lost(struct b2c_run *run, const unsigned long long *lost)
{
	if (run->nr_outputs)
		run->outputs[run->nr_outputs - 1]->lost = lost;
}

void b2c_count_full(struct b2c_run *run, struct bpf_map *map, const unsigned long long *nr)
{
	struct b2c_full *full;

	full = realloc(run->full, (run->nr_full + 1) * sizeof(*full));
	if (!full) {
		run->err = -ENOMEM;
		return;
	}
	run->full = full;
	run->full[run->nr_full++] = (struct b2c_full){ .map = map, .nr = nr };
}

void b2c_counts_of(const struct b2c_output *output, struct b2c_counts *ret_counts)
{
	size_t i;

	*ret_counts = (struct b2c_counts){ .received = output->nr_received };
	ret_counts->lost[B2C_LOST_FULL] = output->lost ? 0 : output->nr_kernel_lost;
	for (i = 0; i < B2C_NR_LOST; i++) {
		ret_counts->lost[i] += output->lost ? output->lost[i] : 0;
		ret_counts->all_lost += ret_counts->lost[i];
	}
}

void b2c_counts_json(struct b2c_text *text, const char *name, const struct b2c_counts *counts)
{
	size_t i;

	b2c_text_puts(text, "{\"buffer\":");
	b2c_text_json(text, name, strlen(name));
	b2c_text_printf(text, ",\"seen\":%llu,\"submitted\":%llu,\"received\":%llu,\"lost\":{",
			counts->received + counts->all_lost, counts->received, counts->received);
	for (i = 0; i < B2C_NR_LOST; i++)
		b2c_text_printf(text, "%s\"%s\":%llu", i ? "," : "", reasons[i], counts->lost[i]);
	b2c_text_puts(text, "}}");
}

/* "10 for want of room, 2 too large" */
static void add_reasons(struct b2c_text *text, const struct b2c_counts *counts)
{
	static const char *const words[B2C_NR_LOST] = {
		[B2C_LOST_FULL] = "for want of room",
		[B2C_LOST_TOO_LARGE] = "too large",
		[B2C_LOST_OTHER] = "refused by the kernel",
	};
	const char *comma = "";
	size_t i;

	for (i = 0; i < B2C_NR_LOST; i++) {
		if (!counts->lost[i])
			continue;
		b2c_text_printf(text, "%s%llu %s", comma, counts->lost[i], words[i]);
		comma = ", ";
	}
}

void b2c_counts_text(struct b2c_text *text, const char *name, const struct b2c_counts *counts)
{
	unsigned long long seen = counts->received + counts->all_lost;

	if (!counts->all_lost) {
		b2c_text_printf(text, "buffer '%s': %llu events, none lost", name, seen);
		return;
	}
	b2c_text_printf(text, "%llu event%s lost of the %llu for buffer '%s': ", counts->all_lost,
			counts->all_lost == 1 ? "" : "s", seen, name);
	add_reasons(text, counts);
}

static void report_buffer(struct b2c_run *run, const struct b2c_output *output,
			  struct b2c_text *json)
{
	const char *name = bpf_map__name(output->map);
	struct b2c_counts counts;
	struct b2c_text text = { 0 };

	b2c_counts_of(output, &counts);
	run->nr_lost += counts.all_lost;
	if (json->size)
		b2c_text_puts(json, ",");
	b2c_counts_json(json, name, &counts);
	b2c_counts_text(&text, name, &counts);
	if (counts.lost[B2C_LOST_FULL] && run->tool->sizes_maps)
		b2c_text_printf(&text, " (--map %s=BYTES makes it larger)", name);
	if (counts.all_lost)
		b2c_error(run, "%s", b2c_text_string(&text));
	else
		b2c_note(run, "%s", b2c_text_string(&text));
	b2c_text_free(&text);
}

static void report_full(struct b2c_run *run, const struct b2c_full *full, struct b2c_text *json)
{
	const char *name = bpf_map__name(full->map);
	unsigned int most = bpf_map__max_entries(full->map);
	unsigned long long nr = *full->nr;

	run->nr_refused += nr;
	b2c_text_puts(json, json->size ? ",{\"map\":" : "{\"map\":");
	b2c_text_json(json, name, strlen(name));
	b2c_text_printf(json, ",\"max_entries\":%u,\"full\":%llu}", most, nr);
	if (nr)
		b2c_error(run,
			  "map '%s' was full with its %u entries: %llu insert%s failed (--map "
			  "%s=N makes room for N)",
			  name, most, nr, nr == 1 ? "" : "s", name);
}

static void print_end(struct b2c_run *run, const struct b2c_text *buffers,
		      const struct b2c_text *maps)
{
	struct b2c_text line = { 0 };

	b2c_text_printf(&line, "{\"end\":{\"lost\":%llu,\"refused\":%llu,\"short\":%llu"
			       ",\"untaken\":%llu",
			(unsigned long long)run->nr_lost, (unsigned long long)run->nr_refused,
			(unsigned long long)run->nr_short, (unsigned long long)run->nr_untaken);
	if (run->gathers)
		b2c_text_printf(&line, ",\"dropped\":%llu,\"incomplete\":%llu",
				(unsigned long long)run->nr_dropped,
				(unsigned long long)run->nr_incomplete);
	b2c_text_printf(&line, ",\"buffers\":[%s],\"maps\":[%s]}}\n", b2c_text_string(buffers),
			b2c_text_string(maps));
	b2c_write_text(run, &line);
	b2c_text_free(&line);
}

static void report_parts(const struct b2c_run *run)
{
	unsigned long long nr_dropped = run->nr_dropped, nr_incomplete = run->nr_incomplete;

	if (nr_dropped)
		b2c_error(run, "%llu row%s without a last event, not shown", nr_dropped,
			  nr_dropped == 1 ? "" : "s");
	if (nr_incomplete)
		b2c_error(run, "%llu row%s without an earlier event, not shown", nr_incomplete,
			  nr_incomplete == 1 ? "" : "s");
}

void b2c_report_counts(struct b2c_run *run)
{
	unsigned long long nr_unnamed = run->nr_lost, nr_short = run->nr_short;
	struct b2c_text buffers = { 0 }, maps = { 0 };
	size_t i;

	for (i = 0; i < run->nr_outputs; i++)
		if (run->outputs[i]->print_event && run->outputs[i]->map &&
		    !run->outputs[i]->is_joined)
			report_buffer(run, run->outputs[i], &buffers);
	for (i = 0; i < run->nr_full; i++)
		report_full(run, &run->full[i], &maps);
	if (nr_unnamed)
		b2c_error(run, "%llu event%s lost", nr_unnamed, nr_unnamed == 1 ? "" : "s");
	if (nr_short)
		b2c_error(run, "%llu event%s shorter than expected, not shown", nr_short,
			  nr_short == 1 ? "" : "s");
	if (run->nr_untaken)
		b2c_error(run, "%llu event%s of no kind that is shown",
			  (unsigned long long)run->nr_untaken, run->nr_untaken == 1 ? "" : "s");
	report_parts(run);
	if (run->settings.json)
		print_end(run, &buffers, &maps);
	b2c_text_free(&buffers);
	b2c_text_free(&maps);
}
