// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Tracepoints by pattern, which is matched with "category:event" as bcc's tp_re; raw
 * tracepoints by the event's name alone. They are attached one by one.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "match.h"

/* ".../events/CATEGORY/EVENT/id" to "CATEGORY:EVENT" or "EVENT", in place. */
static const char *event_name(char *path, bool is_raw)
{
	char *slash = strrchr(path, '/');

	*slash = '\0';
	slash = strrchr(path, '/');
	if (is_raw)
		return slash + 1;
	*slash = ':';
	return strrchr(path, '/') + 1;
}

static int find_events(const struct b2c_probe *probe, struct b2c_functions *ret_events)
{
	const char *tracefs = b2c_tracefs();
	char pattern[128];
	glob_t ids;
	regex_t regex;
	size_t i;
	int err = 0;

	if (!tracefs)
		return -ENOENT;
	snprintf(pattern, sizeof(pattern), "%s/events/*/*/id", tracefs);
	if (b2c_pattern_compile(probe, &regex))
		return -EINVAL;
	if (glob(pattern, 0, NULL, &ids) == 0) {
		for (i = 0; i < ids.gl_pathc && !err; i++) {
			const char *name = event_name(ids.gl_pathv[i],
						      probe->kind == B2C_RAW_TRACEPOINT);

			if (b2c_name_matches(name, &regex))
				err = b2c_functions_add(ret_events, name);
		}
		globfree(&ids);
	}
	regfree(&regex);
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
