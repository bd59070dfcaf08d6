// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Lines of text around what a tool prints; see b2c/lines.h. */
#include "run.h"

struct b2c_lines {
	struct b2c_text text;
};

static unsigned int round_seconds;

void b2c_add_line(struct b2c_lines *lines, const char *text)
{
	b2c_text_puts(&lines->text, text);
	b2c_text_add(&lines->text, "\n", 1);
}

unsigned int b2c_seconds_of_round(void)
{
	return round_seconds;
}

void b2c_find_seconds(const struct b2c_run *run)
{
	size_t i;

	round_seconds = (unsigned int)run->settings.interval;
	for (i = 0; i < run->nr_outputs && !round_seconds; i++)
		round_seconds = run->outputs[i]->every;
}

int b2c_print_lines(struct b2c_run *run, void (*add)(struct b2c_lines *lines))
{
	struct b2c_lines lines = { 0 };
	int err;

	if (!add)
		return 0;
	add(&lines);
	err = b2c_write_text(run, &lines.text);
	b2c_text_free(&lines.text);
	return err;
}
