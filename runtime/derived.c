// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Numbers made of others; see b2c/derived.h. */
#define _GNU_SOURCE
#include <time.h>

#include "run.h"

static double seconds = 1;
static int row_cpu;

void b2c_count_from(int64_t since_ms)
{
	struct timespec now = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &now);
	seconds = (double)now.tv_sec + (double)now.tv_nsec / 1e9 - (double)since_ms / 1e3;
	if (seconds < 0.001)
		seconds = 0.001;
}

double b2c_seconds_counted(void)
{
	return seconds;
}

double b2c_quotient(double dividend, double divisor)
{
	return divisor != 0 ? dividend / divisor : 0;
}

void b2c_set_row_cpu(int cpu)
{
	row_cpu = cpu;
}

int b2c_row_cpu(void)
{
	return row_cpu;
}
