// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Tracepoints by pattern, which is matched with "category:event" as bcc's tp_re; raw
 * tracepoints by the event's name alone. They are attached one by one.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "match.h"

struct search {
	const struct b2c_probe *probe;
	regex_t regex;
	struct b2c_functions *events;
};

/* Those with an id are events, other folders and files are about a category. */
static int add_event(struct search *search, int folder, const char *category, const char *event)
{
	bool is_raw = search->probe->kind == B2C_RAW_TRACEPOINT;
	char name[2 * NAME_MAX + 2], id[NAME_MAX + sizeof("/id")];

	snprintf(id, sizeof(id), "%s/id", event);
	if (*event == '.' || faccessat(folder, id, F_OK, 0))
		return 0;
	snprintf(name, sizeof(name), "%s%s%s", is_raw ? "" : category, is_raw ? "" : ":", event);
	return b2c_name_matches(name, &search->regex) ? b2c_functions_add(search->events, name) : 0;
}

/* glob(3) would bring the names of users and hosts along. */
static int add_category(struct search *search, int events, const char *category)
{
	int err = 0, fd = openat(events, category, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 || *category == '.' ? NULL : fdopendir(fd);
	struct dirent *entry;

	if (!dir && fd >= 0)
		close(fd);
	while (dir && !err && (entry = readdir(dir)))
		err = add_event(search, fd, category, entry->d_name);
	if (dir)
		closedir(dir);
	return err;
}

static int find_events(const struct b2c_probe *probe, struct b2c_functions *ret_events)
{
	struct search search = { .probe = probe, .events = ret_events };
	const char *tracefs = b2c_tracefs();
	struct dirent *entry;
	char path[PATH_MAX];
	DIR *dir;
	int err = 0;

	if (!tracefs)
		return -ENOENT;
	if (b2c_pattern_compile(probe, &search.regex))
		return -EINVAL;
	snprintf(path, sizeof(path), "%s/events", tracefs);
	dir = opendir(path);
	while (dir && !err && (entry = readdir(dir)))
		err = add_category(&search, dirfd(dir), entry->d_name);
	if (dir)
		closedir(dir);
	regfree(&search.regex);
	b2c_functions_sort(ret_events);
	return err;
}

static int count_events(const struct b2c_probe *probe)
{
	struct b2c_functions events = { 0 };
	int err = find_events(probe, &events), nr = (int)events.nr;

	b2c_functions_free(&events);
	return err ? err : nr;
}

static void prepare(struct b2c_run *run, size_t index)
{
	(void)run;
	(void)index;
}

static int attach_event(struct b2c_run *run, const struct b2c_matches *matches, size_t from,
			size_t nr)
{
	const char *name = matches->names.names[from];
	struct bpf_link *link;

	(void)nr;
	link = matches->probe->kind == B2C_RAW_TRACEPOINT
		       ? bpf_program__attach_raw_tracepoint(matches->program, name)
		       : b2c_attach_tracepoint(matches->program, name);
	return link ? b2c_keep_link(run, link) : -errno;
}

static int attach_events(struct b2c_run *run, const struct b2c_probe *probe,
			 struct bpf_program *program)
{
	struct b2c_matches matches = {
		.probe = probe,
		.program = program,
		.attach = attach_event,
	};
	int err = find_events(probe, &matches.names);

	if (err)
		err = b2c_probe_failed(run, probe, err,
				       "program '%s': tracefs is not mounted "
				       "(mount -t tracefs tracefs /sys/kernel/tracing)",
				       probe->program);
	else
		err = b2c_attach_matches(run, &matches);
	b2c_matches_free(&matches);
	return err;
}

const struct b2c_pattern b2c_pattern_of_tracepoints = {
	.noun = "tracepoint",
	.count = count_events,
	.prepare = prepare,
	.attach = attach_events,
};
