// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What programs want to know about the host; see facts.h. */
#define _GNU_SOURCE
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

#include "run.h"

#define NSEC_PER_SEC 1000000000LL

static void failed(struct b2c_run *run, const char *what, int err)
{
	b2c_error(run, "cannot find %s: %s", what, strerror(err));
	if (!run->err)
		run->err = err ? -err : -EINVAL;
}

static bool stat_namespace(struct b2c_run *run, const char *kind, struct stat *ret_status)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/ns/%s", kind);
	if (stat(path, ret_status) == 0)
		return true;
	failed(run, path, errno);
	return false;
}

void b2c_find_ns_ino(struct b2c_run *run, const char *kind, uint64_t *inode)
{
	struct stat status;

	if (stat_namespace(run, kind, &status))
		*inode = status.st_ino;
}

/* As dev_t is in the kernel. */
void b2c_find_ns_dev(struct b2c_run *run, const char *kind, uint64_t *device)
{
	struct stat status;

	if (stat_namespace(run, kind, &status))
		*device = major(status.st_dev) << 20 | minor(status.st_dev);
}

void b2c_find_pid(struct b2c_run *run, uint32_t *pid)
{
	(void)run;
	*pid = (uint32_t)getpid();
}

void b2c_find_pid_max(struct b2c_run *run, uint32_t *pid_max)
{
	static const char path[] = "/proc/sys/kernel/pid_max";
	struct b2c_text text = { 0 };
	int err = b2c_text_read_file(&text, path);

	*pid_max = (uint32_t)strtoul(b2c_text_string(&text), NULL, 10);
	b2c_text_free(&text);
	if (err)
		failed(run, path, -err);
}

void b2c_find_cpus(struct b2c_run *run, uint32_t *possible)
{
	int nr = libbpf_num_possible_cpus();

	if (nr > 0)
		*possible = (uint32_t)nr;
	else
		failed(run, "the number of possible CPUs", -nr);
}

static void find_configured(struct b2c_run *run, int name, const char *what, uint32_t *ret_value)
{
	long value;

	errno = 0;
	value = sysconf(name);
	if (value > 0)
		*ret_value = (uint32_t)value;
	else
		failed(run, what, errno);
}

void b2c_find_online_cpus(struct b2c_run *run, uint32_t *online)
{
	find_configured(run, _SC_NPROCESSORS_ONLN, "the number of CPUs", online);
}

void b2c_find_page_size(struct b2c_run *run, uint32_t *bytes)
{
	find_configured(run, _SC_PAGESIZE, "the size of a page", bytes);
}

void b2c_find_clock_ticks(struct b2c_run *run, uint32_t *per_second)
{
	find_configured(run, _SC_CLK_TCK, "the number of clock ticks", per_second);
}

static int64_t now_ns(clockid_t clock)
{
	struct timespec now = { 0 };

	clock_gettime(clock, &now);
	return now.tv_sec * NSEC_PER_SEC + now.tv_nsec;
}

/* Of three tries the one whose two clocks were read in the shortest time. */
void b2c_find_boot_time(struct b2c_run *run, uint64_t *ns)
{
	int64_t before, wall, took, least = INT64_MAX;
	int i;

	(void)run;
	for (i = 0; i < 3; i++) {
		before = now_ns(CLOCK_MONOTONIC);
		wall = now_ns(CLOCK_REALTIME);
		took = now_ns(CLOCK_MONOTONIC) - before;
		if (took >= least)
			continue;
		least = took;
		*ns = (uint64_t)(wall - before - took / 2);
	}
}
