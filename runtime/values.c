// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Values of time. The kernel side stamps with bpf_ktime_get_ns(), which is
 * CLOCK_MONOTONIC; wall clock times are derived from it when they are shown.
 */
#define _GNU_SOURCE
#include <time.h>

#include "run.h"
#include "times.h"

#define NS_PER_S 1000000000LL

static int64_t clock_ns(clockid_t clock)
{
	struct timespec now = { 0 };

	clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * NS_PER_S + now.tv_nsec;
}

static int64_t start_ns;

void b2c_clock_start(void)
{
	start_ns = clock_ns(CLOCK_MONOTONIC);
}

double b2c_seconds_since_start(uint64_t ns)
{
	return (double)((int64_t)ns - start_ns) / NS_PER_S;
}

double b2c_seconds_since_first(uint64_t ns)
{
	static bool started;
	static uint64_t first;

	if (!started) {
		started = true;
		first = ns;
	}
	return (double)(int64_t)(ns - first) / NS_PER_S;
}

static const char *format_time(int64_t realtime_ns)
{
	static char text[16];
	time_t seconds = (time_t)(realtime_ns / NS_PER_S);
	struct tm local = { 0 };

	localtime_r(&seconds, &local);
	strftime(text, sizeof(text), "%H:%M:%S", &local);
	return text;
}

int64_t b2c_realtime_ns(uint64_t ns)
{
	static int64_t offset, compared;
	int64_t before, age = (int64_t)(ns - (uint64_t)compared);

	if (!compared || age >= NS_PER_S || age <= -NS_PER_S) {
		before = clock_ns(CLOCK_MONOTONIC);
		offset = clock_ns(CLOCK_REALTIME);
		compared = clock_ns(CLOCK_MONOTONIC);
		offset -= before + (compared - before) / 2;
	}
	return (int64_t)(ns + (uint64_t)offset);
}

const char *b2c_time_of_day(void)
{
	return format_time(clock_ns(CLOCK_REALTIME));
}

const char *b2c_time_of_day_at(uint64_t ns)
{
	return format_time(b2c_realtime_ns(ns));
}
