// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Arrays of perf counters: an event on every CPU that is online, which programs read
 * with perf_read() and perf_counter_value() on that CPU.
 */
#define _GNU_SOURCE
#include <bpf/libbpf.h>
#include <errno.h>
#include <linux/perf_event.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <b2c/fill.h>

#include "fill.h"
#include "perf_name.h"
#include "run.h"

/* The map keeps the event when the descriptor is gone. */
static int fill_cpu(struct bpf_map *map, struct perf_event_attr *attr, int cpu)
{
	int fd = (int)syscall(SYS_perf_event_open, attr, -1, cpu, -1, PERF_FLAG_FD_CLOEXEC);
	int err = fd < 0 ? -errno : b2c_fill_number(map, (uint32_t)cpu, (uint32_t)fd);

	if (fd >= 0)
		close(fd);
	return err;
}

static const char *reason(const struct perf_event_attr *attr, int err)
{
	bool is_missing = err == -ENOENT || err == -EOPNOTSUPP || err == -ENODEV;

	if (is_missing && attr->type == PERF_TYPE_HARDWARE)
		return "this host does not count it (virtual machines often have no hardware "
		       "counters)";
	if (err == -EACCES || err == -EPERM)
		return "not allowed (see /proc/sys/kernel/perf_event_paranoid)";
	return b2c_strerror(err);
}

void b2c_fill_counters(struct b2c_run *run, struct bpf_map *map, const char *event)
{
	int nr_cpus = libbpf_num_possible_cpus(), cpu, nr = 0, err = nr_cpus < 0 ? nr_cpus : 0;
	struct perf_event_attr attr = { .size = sizeof(attr) };

	if (run->err)
		return;
	if (!err)
		err = b2c_perf_find(event, &attr);
	for (cpu = 0; cpu < nr_cpus && !err; cpu++) {
		err = fill_cpu(map, &attr, cpu);
		nr += !err;
		if (err == -ENODEV) /* not online */
			err = 0;
	}
	if (!err && nr) {
		b2c_note(run, "map '%s' counts '%s' on %d CPUs", bpf_map__name(map), event, nr);
		return;
	}
	err = err ? err : -ENODEV;
	b2c_error(run, "cannot count '%s' for map '%s': %s", event, bpf_map__name(map),
		  reason(&attr, err));
	b2c_fill_failed(run, err);
}
