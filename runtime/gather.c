// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Waking up for every single event costs more than the event, here and in the process
 * that is traced. Events that come one by one but close together are waited for a moment,
 * so that one wake-up and one write serve many; a rare one is shown at once.
 */
#define _GNU_SOURCE
#include <poll.h>
#include <time.h>

#include "gather.h"
#include "run.h"

/* With events further apart than this nobody waits. */
#define CLOSE_NS (2 * 1000 * 1000)

/* So many make a wake-up worth it. */
#define ENOUGH 64

/* The longest that an event is held back, and what waiting less than is not worth a sleep. */
#define MOST_NS (10 * 1000 * 1000)
#define LEAST_NS (50 * 1000)

/* What comes in when it comes fast: so often is looked how full the buffers are. */
#define BYTES_PER_MS (256 * 1024)

/* A buffer that is so full waits for nothing. */
#define PART_FULL 4

int64_t b2c_gather_ns(int64_t since_ns, uint64_t nr)
{
	int64_t gap = since_ns / (int64_t)(nr ? nr : 1), moment = gap * ENOUGH;

	if (gap >= CLOSE_NS || moment < LEAST_NS)
		return 0;
	return moment < MOST_NS ? moment : MOST_NS;
}

int64_t b2c_gather_look_ns(size_t room)
{
	int64_t ns = (int64_t)room * 1000000 / BYTES_PER_MS;

	return !room || ns > MOST_NS ? MOST_NS : ns < LEAST_NS ? LEAST_NS : ns;
}

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

/* Of the smallest buffer; 0: none has a size. */
static size_t least_room(const struct b2c_run *run)
{
	size_t least = 0, i;

	for (i = 0; i < run->nr_sources; i++)
		if (run->sources[i].room && (!least || run->sources[i].room < least))
			least = run->sources[i].room;
	return least;
}

static bool fills_up(const struct b2c_run *run)
{
	size_t i;

	for (i = 0; i < run->nr_sources; i++) {
		const struct b2c_source *source = &run->sources[i];

		if (source->waiting && source->waiting(source->handle) > source->room / PART_FULL)
			return true;
	}
	return false;
}

/* In steps: the first is so short that no buffer is full at its end, each one is twice as long. */
static void wait_for_more(const struct b2c_run *run, int64_t ns)
{
	int64_t look_ns = b2c_gather_look_ns(least_room(run));
	struct timespec step;

	for (; ns >= LEAST_NS && !fills_up(run); ns -= look_ns, look_ns *= 2) {
		step = (struct timespec){ .tv_nsec = ns < look_ns ? ns : look_ns };
		/* a signal ends it; no sleep by its name, since those are often traced */
		if (ppoll(NULL, 0, &step, NULL))
			break;
	}
}

void b2c_gather(struct b2c_run *run)
{
	static int64_t last_ns;
	static uint64_t last_nr;
	uint64_t nr = count_received(run);
	int64_t now = now_ns(), ns = b2c_gather_ns(now - last_ns, nr - last_nr);

	if (ns)
		wait_for_more(run, ns);
	last_nr = nr;
	last_ns = now;
}
