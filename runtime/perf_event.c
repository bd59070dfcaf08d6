// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Sampling: one perf event on every online CPU. CPUs that go away between the
 * look and the open are skipped.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "run.h"

static const struct {
	const char *name;
	uint32_t type;
	uint64_t config;
} events[] = {
	{ "cpu-clock", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CPU_CLOCK },
	{ "task-clock", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_TASK_CLOCK },
	{ "page-faults", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS },
	{ "faults", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS },
	{ "minor-faults", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS_MIN },
	{ "major-faults", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS_MAJ },
	{ "context-switches", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CONTEXT_SWITCHES },
	{ "cs", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CONTEXT_SWITCHES },
	{ "cpu-migrations", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CPU_MIGRATIONS },
	{ "migrations", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CPU_MIGRATIONS },
	{ "alignment-faults", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_ALIGNMENT_FAULTS },
	{ "emulation-faults", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_EMULATION_FAULTS },
	{ "dummy", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_DUMMY },
	{ "bpf-output", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_BPF_OUTPUT },
	{ "cycles", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES },
	{ "cpu-cycles", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES },
	{ "instructions", PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS },
	{ "cache-references", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CACHE_REFERENCES },
	{ "cache-misses", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CACHE_MISSES },
	{ "branches", PERF_TYPE_HARDWARE, PERF_COUNT_HW_BRANCH_INSTRUCTIONS },
	{ "branch-instructions", PERF_TYPE_HARDWARE, PERF_COUNT_HW_BRANCH_INSTRUCTIONS },
	{ "branch-misses", PERF_TYPE_HARDWARE, PERF_COUNT_HW_BRANCH_MISSES },
	{ "bus-cycles", PERF_TYPE_HARDWARE, PERF_COUNT_HW_BUS_CYCLES },
	{ "stalled-cycles-frontend", PERF_TYPE_HARDWARE, PERF_COUNT_HW_STALLED_CYCLES_FRONTEND },
	{ "stalled-cycles-backend", PERF_TYPE_HARDWARE, PERF_COUNT_HW_STALLED_CYCLES_BACKEND },
	{ "ref-cycles", PERF_TYPE_HARDWARE, PERF_COUNT_HW_REF_CPU_CYCLES },
};

bool b2c_perf_event_find(const char *name, struct perf_event_attr *ret_attr)
{
	size_t i;

	for (i = 0; i < B2C_SIZE(events); i++) {
		if (!name || strcmp(events[i].name, name) != 0)
			continue;
		*ret_attr = (struct perf_event_attr){
			.size = sizeof(*ret_attr),
			.type = events[i].type,
			.config = events[i].config,
		};
		return true;
	}
	return false;
}

static bool event_find(const struct b2c_probe *probe, struct perf_event_attr *ret_attr)
{
	if (!b2c_perf_event_find(probe->event, ret_attr))
		return false;
	ret_attr->freq = probe->frequency > 0;
	if (probe->frequency)
		ret_attr->sample_freq = probe->frequency;
	else
		ret_attr->sample_period = probe->period ? probe->period : 1;
	return true;
}

static int open_event(struct perf_event_attr *attr, int pid, int cpu)
{
	return (int)syscall(SYS_perf_event_open, attr, pid ? pid : -1, cpu, -1,
			    PERF_FLAG_FD_CLOEXEC);
}

bool b2c_has_perf_event(const struct b2c_probe *probe)
{
	struct perf_event_attr attr;
	int fd, pid = b2c_probe_pid(probe);

	if (!event_find(probe, &attr))
		return false;
	fd = open_event(&attr, pid, pid ? -1 : 0);
	if (fd < 0)
		return errno == EACCES || errno == EPERM;
	close(fd);
	return true;
}

/* Ties the program to an event of one CPU. 0 or -errno. */
static int attach_cpu(struct b2c_run *run, struct bpf_program *program,
		      struct perf_event_attr *attr, int pid, int cpu)
{
	struct bpf_link *link;
	int fd, err;

	fd = open_event(attr, pid, cpu);
	if (fd < 0)
		return -errno;
	link = bpf_program__attach_perf_event(program, fd);
	if (!link) {
		err = -errno;
		close(fd);
		return err;
	}
	return b2c_keep_link(run, link); /* the link owns fd */
}

/* "0-3,5": the first CPU of `list` from `from` on; -1: none. */
static int next_cpu(const char *list, int from)
{
	long first, last;
	char *end;

	while (*list >= '0' && *list <= '9') {
		first = last = strtol(list, &end, 10);
		if (*end == '-')
			last = strtol(end + 1, &end, 10);
		if (from <= last)
			return from > first ? from : (int)first;
		list = *end == ',' ? end + 1 : end;
	}
	return -1;
}

static const char *failure_hint(const struct perf_event_attr *attr, int err)
{
	bool is_missing = err == -ENOENT || err == -EOPNOTSUPP || err == -ENODEV;

	if (is_missing && attr->type == PERF_TYPE_HARDWARE)
		return " (virtual machines often have no hardware counters)";
	if (err == -EACCES || err == -EPERM)
		return " (see /proc/sys/kernel/perf_event_paranoid)";
	if (err == -EINVAL && attr->freq)
		return " (see /proc/sys/kernel/perf_event_max_sample_rate)";
	return "";
}

int b2c_attach_perf_event(struct b2c_run *run, const struct b2c_probe *probe,
			  struct bpf_program *program)
{
	struct b2c_text online = { 0 };
	struct perf_event_attr attr;
	char remark[32];
	int cpu, nr = 0, err = 0, pid = b2c_probe_pid(probe);

	if (!event_find(probe, &attr))
		return b2c_probe_failed(run, probe, -EINVAL, "program '%s': unknown event '%s'",
					probe->program, probe->event ? probe->event : "");
	if (b2c_text_read_file(&online, "/sys/devices/system/cpu/online"))
		b2c_text_printf(&online, "0-%d", libbpf_num_possible_cpus() - 1);
	for (cpu = next_cpu(b2c_text_string(&online), 0); cpu >= 0;
	     cpu = next_cpu(b2c_text_string(&online), cpu + 1)) {
		err = attach_cpu(run, program, &attr, pid, cpu);
		if (!err)
			nr++;
		else if (err != -ENODEV)
			break;
		err = err == -ENODEV && (nr || attr.type == PERF_TYPE_SOFTWARE) ? 0 : err;
	}
	b2c_text_free(&online);
	if (err)
		return b2c_probe_failed(run, probe, err, "program '%s': cannot sample '%s': %s%s",
					probe->program, probe->event, strerror(-err),
					failure_hint(&attr, err));
	snprintf(remark, sizeof(remark), "on %d CPUs", nr);
	b2c_tell_attached(run, probe,
			  &(struct b2c_attached){ .target = probe->event, .remark = remark });
	return 0;
}
