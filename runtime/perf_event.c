// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Sampling: one perf event on every CPU that is online, or comes online while the tool
 * runs. CPUs that go away between the look and the open are skipped.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/netlink.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "perf_name.h"
#include "run.h"

/* 0 or -errno of b2c_perf_find(). */
static int event_find(const struct b2c_probe *probe, struct perf_event_attr *ret_attr)
{
	*ret_attr = (struct perf_event_attr){
		.size = sizeof(*ret_attr),
		.freq = probe->frequency > 0,
	};
	if (probe->frequency)
		ret_attr->sample_freq = probe->frequency;
	else
		ret_attr->sample_period = probe->period ? probe->period : 1;
	return probe->event ? b2c_perf_find(probe->event, ret_attr) : -EINVAL;
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

	if (event_find(probe, &attr))
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

	if (is_missing && attr->type == PERF_TYPE_BREAKPOINT)
		return " (this machine has no breakpoints of the processor)";
	if (err == -ENOSPC)
		return " (all breakpoints of the processor are taken)";
	if (is_missing && attr->type != PERF_TYPE_SOFTWARE)
		return " (virtual machines often have no hardware counters)";
	if (err == -EACCES || err == -EPERM)
		return " (see /proc/sys/kernel/perf_event_paranoid)";
	if (err == -EINVAL && attr->freq)
		return " (see /proc/sys/kernel/perf_event_max_sample_rate)";
	return "";
}

/* The one CPU that the user wants; -1: all. */
static int wanted_cpu(const struct b2c_probe *probe)
{
	int cpu = probe->on_cpu ? probe->on_cpu() : -1;

	return cpu < 0 ? -1 : cpu;
}

/* ---- CPUs that come online while the tool runs ---- */

static void attach_new_cpu(struct b2c_run *run, int cpu)
{
	struct perf_event_attr attr;
	size_t i;

	for (i = 0; i < run->tool->nr_probes; i++) {
		const struct b2c_probe *probe = &run->tool->probes[i];
		int err;

		if (probe->kind != B2C_PERF_EVENT || run->choices[i].off ||
		    (wanted_cpu(probe) >= 0 && wanted_cpu(probe) != cpu) ||
		    event_find(probe, &attr))
			continue;
		err = attach_cpu(run, run->choices[i].program, &attr, b2c_probe_pid(probe), cpu);
		if (err)
			b2c_error(run, "program '%s': cannot sample '%s' on CPU %d, which is new: "
				  "%s", probe->program, probe->event, cpu, strerror(-err));
		else
			b2c_note(run, "program '%s' samples '%s' on CPU %d, which is new",
				 probe->program, probe->event, cpu);
	}
}

static int read_kernel_events(struct b2c_run *run, void *handle)
{
	int cpu, fd = (int)(intptr_t)handle;
	char message[4096];
	ssize_t n;

	while ((n = recv(fd, message, sizeof(message) - 1, MSG_DONTWAIT)) > 0) {
		message[n] = '\0';
		if (sscanf(message, "online@/devices/system/cpu/cpu%d", &cpu) == 1)
			attach_new_cpu(run, cpu);
	}
	return 0;
}

static void close_kernel_events(void *handle)
{
	close((int)(intptr_t)handle);
}

/* The kernel says when a CPU comes online. Where it may not be asked, new ones are missed. */
static int watch_cpus(struct b2c_run *run)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = 1 };
	struct b2c_source source = {
		.consume = read_kernel_events,
		.release = close_kernel_events,
	};
	size_t i;

	for (i = 0; i < run->nr_sources; i++)
		if (run->sources[i].consume == read_kernel_events)
			return 0;
	source.fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK,
			   NETLINK_KOBJECT_UEVENT);
	if (source.fd < 0)
		return 0;
	source.handle = (void *)(intptr_t)source.fd;
	if (bind(source.fd, (struct sockaddr *)&address, sizeof(address))) {
		close(source.fd);
		return 0;
	}
	b2c_keep_perf_events(run);
	return b2c_add_source(run, &source);
}

/* ---- attaching ---- */

static void read_online(struct b2c_text *online)
{
	if (b2c_text_read_file(online, "/sys/devices/system/cpu/online"))
		b2c_text_printf(online, "0-%d", libbpf_num_possible_cpus() - 1);
}

static bool is_online(int cpu)
{
	struct b2c_text online = { 0 };
	bool is;

	read_online(&online);
	is = next_cpu(b2c_text_string(&online), cpu) == cpu;
	b2c_text_free(&online);
	return is;
}

/* Returns the number of CPUs, or -errno. */
static int attach_cpus(struct b2c_run *run, const struct b2c_probe *probe,
		       struct bpf_program *program, struct perf_event_attr *attr)
{
	int cpu, nr = 0, err = 0, pid = b2c_probe_pid(probe);
	struct b2c_text online = { 0 };

	read_online(&online);
	for (cpu = next_cpu(b2c_text_string(&online), 0); cpu >= 0;
	     cpu = next_cpu(b2c_text_string(&online), cpu + 1)) {
		err = attach_cpu(run, program, attr, pid, cpu);
		if (!err)
			nr++;
		else if (err != -ENODEV)
			break;
		err = err == -ENODEV && (nr || attr->type == PERF_TYPE_SOFTWARE) ? 0 : err;
	}
	b2c_text_free(&online);
	return err ? err : nr;
}

static int failed(const struct b2c_run *run, const struct b2c_probe *probe,
		  const struct perf_event_attr *attr, int err)
{
	return b2c_probe_failed(run, probe, err, "program '%s': cannot sample '%s': %s%s",
				probe->program, probe->event, strerror(-err),
				failure_hint(attr, err));
}

/* Opens it as the attach does, on the CPU that is wanted or the first that will have it. */
int b2c_ask_perf_event(const struct b2c_probe *probe, const char **ret_hint)
{
	int fd = -1, cpu = wanted_cpu(probe), err;
	struct b2c_text online = { 0 };
	struct perf_event_attr attr;

	err = event_find(probe, &attr);
	if (err) {
		*ret_hint = err == -ENOENT ? " (no such symbol, or kptr_restrict hides its address)"
					   : "";
		return err;
	}
	if (cpu >= 0 && !is_online(cpu)) {
		*ret_hint = " (the CPU is not online)";
		return -ENODEV;
	}
	err = -ENODEV;
	read_online(&online);
	for (cpu = cpu < 0 ? next_cpu(b2c_text_string(&online), 0) : cpu;
	     cpu >= 0 && err == -ENODEV; cpu = next_cpu(b2c_text_string(&online), cpu + 1)) {
		fd = open_event(&attr, b2c_probe_pid(probe), cpu);
		err = fd < 0 ? -errno : 0;
		if (wanted_cpu(probe) >= 0)
			break;
	}
	if (fd >= 0)
		close(fd);
	b2c_text_free(&online);
	*ret_hint = failure_hint(&attr, err);
	return err;
}

int b2c_attach_perf_event(struct b2c_run *run, const struct b2c_probe *probe,
			  struct bpf_program *program)
{
	int nr, cpu = wanted_cpu(probe);
	struct perf_event_attr attr;
	char remark[32];
	int err = event_find(probe, &attr);

	if (err == -ENOENT)
		return b2c_probe_failed(run, probe, err,
					"program '%s': this kernel has no symbol for '%s', or "
					"hides its address (see /proc/sys/kernel/kptr_restrict)",
					probe->program, probe->event);
	if (err)
		return b2c_probe_failed(run, probe, err, "program '%s': unknown event '%s'",
					probe->program, probe->event ? probe->event : "");
	if (cpu >= 0 && !is_online(cpu))
		return b2c_probe_failed(run, probe, -ENODEV, "program '%s': CPU %d is not online",
					probe->program, cpu);
	nr = cpu < 0 ? attach_cpus(run, probe, program, &attr)
		     : attach_cpu(run, program, &attr, b2c_probe_pid(probe), cpu);
	if (nr < 0)
		return failed(run, probe, &attr, nr);
	if (cpu < 0)
		snprintf(remark, sizeof(remark), "on %d CPUs", nr);
	else
		snprintf(remark, sizeof(remark), "on CPU %d", cpu);
	b2c_tell_attached(run, probe,
			  &(struct b2c_attached){ .target = probe->event, .remark = remark });
	return watch_cpus(run);
}
