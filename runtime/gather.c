// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Waking up for every single event costs more than the event, here and in the process
 * that is traced. Events that come one by one but close together are waited for a moment,
 * so that one wake-up and one write serve many; a rare one is shown at once.
 */
#define _GNU_SOURCE
#include <poll.h>
#include <time.h>

#include "run.h"

/* A wake-up so soon after the last one, which brought so few events, makes it worth it. */
#define CLOSE_NS (2 * 1000 * 1000)
#define FEW 64

/* Short against what a buffer holds: at a million events a second this is 500. */
#define MOMENT_NS (500 * 1000)

static int64_t now_ns(void)
{
	struct timespec now = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static uint64_t count_received(const struct b2c_run *run)
{
	uint64_t nr = 0;
	size_t i;

	for (i = 0; i < run->nr_outputs; i++)
		nr += run->outputs[i]->nr_received;
	return nr;
}

void b2c_gather(struct b2c_run *run)
{
	static int64_t last_ns;
	static uint64_t last_nr;
	const struct timespec moment = { .tv_nsec = MOMENT_NS };
	uint64_t nr = count_received(run);

	/* a signal ends it early; no sleep by its name, since those are often traced */
	if (nr - last_nr < FEW && now_ns() - last_ns < CLOSE_NS)
		ppoll(NULL, 0, &moment, NULL);
	last_nr = nr;
	last_ns = now_ns();
}
