// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * kretprobes for a given number of calls at once. Only tracefs takes that number, so the probe
 * is made there and removed at the end. What a tool left there that was killed, the next one
 * removes: its probes have its process in their names.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/perf_event.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "detach.h"
#include "run.h"

#define GROUP "b2c"
#define NAME "r_%d_%zu" /* process, number of the probe in it */

/* One command for the kernel. 0 or -errno. */
static int write_command(const char *command)
{
	const char *tracefs = b2c_tracefs();
	char path[128];
	int fd, err = 0;

	snprintf(path, sizeof(path), "%s/kprobe_events", tracefs ? tracefs : "");
	fd = tracefs ? open(path, O_WRONLY | O_APPEND | O_CLOEXEC) : -1;
	if (fd < 0)
		return tracefs ? -errno : -ENOENT;
	if (write(fd, command, strlen(command)) < 0)
		err = -errno;
	close(fd);
	return err;
}

static void undo_probe(struct b2c_detach *detach)
{
	char command[96];

	snprintf(command, sizeof(command), "-:%s", detach->name);
	write_command(command);
}

/* "r4:b2c/r_123_0 vfs_read", of a process that is gone. */
static void remove_stale(const char *line)
{
	struct b2c_detach stale;
	const char *name = strstr(line, ":" GROUP "/");
	size_t number;
	int pid;

	if (!name || sscanf(name, ":" GROUP "/" NAME, &pid, &number) != 2 ||
	    kill(pid, 0) == 0 || errno != ESRCH)
		return;
	snprintf(stale.name, sizeof(stale.name), GROUP "/" NAME, pid, number);
	undo_probe(&stale);
}

static void remove_all_stale(void)
{
	const char *tracefs = b2c_tracefs();
	struct b2c_text text = { 0 };
	char path[128], *line, *rest;

	snprintf(path, sizeof(path), "%s/kprobe_events", tracefs ? tracefs : "");
	if (b2c_text_read_file(&text, path) == 0)
		for (line = strtok_r(text.data, "\n", &rest); line;
		     line = strtok_r(NULL, "\n", &rest))
			remove_stale(line);
	b2c_text_free(&text);
}

static int open_probe(const char *name)
{
	struct perf_event_attr attr = {
		.size = sizeof(attr),
		.type = PERF_TYPE_TRACEPOINT,
		.sample_period = 1,
		.wakeup_events = 1,
	};
	struct b2c_text id = { 0 };
	char path[192];
	int fd, err;

	snprintf(path, sizeof(path), "%s/events/%s/id", b2c_tracefs(), name);
	err = b2c_text_read_file(&id, path);
	attr.config = strtoull(b2c_text_string(&id), NULL, 10);
	b2c_text_free(&id);
	if (err)
		return err;
	fd = (int)syscall(SYS_perf_event_open, &attr, -1, 0, -1, PERF_FLAG_FD_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

/* Takes over the probe, also on failure. NULL and errno then. */
static struct bpf_link *attach(const struct bpf_program *program, struct b2c_detach *detach)
{
	struct bpf_link *link = NULL;
	int err, fd = open_probe(detach->name);

	err = fd < 0 ? fd : 0;
	if (!err) {
		link = bpf_program__attach_perf_event(program, fd);
		err = link ? 0 : -errno;
	}
	if (err && fd >= 0)
		close(fd);
	if (err)
		undo_probe(detach);
	errno = -err;
	return link;
}

struct bpf_link *b2c_link_maxactive(struct b2c_run *run, const struct b2c_probe *probe,
				    const struct bpf_program *program, const char *function)
{
	struct b2c_detach detach = { .undo = undo_probe };
	struct bpf_link *link;
	char command[256];
	int err;

	remove_all_stale();
	snprintf(detach.name, sizeof(detach.name), GROUP "/" NAME, (int)getpid(), run->nr_links);
	snprintf(command, sizeof(command), "r%u:%s %s", probe->maxactive, detach.name, function);
	err = write_command(command);
	if (err) {
		errno = -err;
		return NULL;
	}
	link = attach(program, &detach);
	if (link && b2c_keep_detach(run, &detach)) {
		bpf_link__destroy(link);
		undo_probe(&detach);
		link = NULL;
		errno = ENOMEM;
	}
	return link;
}
