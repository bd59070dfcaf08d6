// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Reads the job list of a test guest: lines of `key value`, a job ending with `end`. Written
 * by image.py, called by guest.c. Anything unknown ends the guest.
 */
#define _GNU_SOURCE
#include "guest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void add_arg(struct command *command, const char *text)
{
	if (command->argc == MAX_ARGS) {
		errno = E2BIG;
		give_up("too many arguments in the job list");
	}
	command->argv[command->argc++] = strdup(text);
	command->argv[command->argc] = NULL;
}

void job_free(struct job *job)
{
	for (int i = 0; i < job->tool.argc; i++)
		free(job->tool.argv[i]);
	for (int i = 0; i < job->nr_works; i++)
		for (int j = 0; j < job->works[i].argc; j++)
			free(job->works[i].argv[j]);
	memset(job, 0, sizeof(*job));
}

static void job_add_cap(struct job *job, const char *value)
{
	job->caps |= 1ULL << (strtoul(value, NULL, 10) & 63);
}

static void job_add_word(struct job *job, const char *key, const char *value)
{
	if (!strcmp(key, "cap")) {
		job_add_cap(job, value);
	} else if (!strcmp(key, "arg")) {
		add_arg(&job->tool, value);
	} else if (!strcmp(key, "work-arg") && job->nr_works) {
		add_arg(&job->works[job->nr_works - 1], value);
	} else if (!strcmp(key, "work") && job->nr_works < MAX_WORKS) {
		add_arg(&job->works[job->nr_works++], value);
	} else {
		say("job list: '%s %s'", key, value);
		errno = EINVAL;
		give_up("job list");
	}
}

static void job_add_line(struct job *job, const char *key, const char *value)
{
	const struct {
		const char *key;
		int *number;
	} numbers[] = {
		{ "uid", &job->uid },
		{ "signal", &job->signal },
		{ "ready-timeout", &job->ready_timeout },
		{ "limit", &job->limit },
		{ "settle", &job->settle },
		{ "pid", &job->pid },
	};
	const struct {
		const char *key;
		bool *flag;
	} flags[] = {
		{ "hide-btf", &job->hide_btf },
		{ "want-ready", &job->want_ready },
		{ "gate", &job->gate },
	};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		if (!strcmp(key, numbers[i].key)) {
			*numbers[i].number = (int)strtol(value, NULL, 10);
			return;
		}
	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++)
		if (!strcmp(key, flags[i].key)) {
			*flags[i].flag = !strcmp(value, "1");
			return;
		}
	job_add_word(job, key, value);
}

bool job_read(FILE *list, struct job *job)
{
	static char *line;
	static size_t size;
	ssize_t length;

	while ((length = getline(&line, &size, list)) > 0) {
		char *value;

		if (line[length - 1] == '\n')
			line[length - 1] = 0;
		value = strchr(line, ' ');
		if (value)
			*value++ = 0;
		if (!strcmp(line, "end"))
			return true;
		if (!strcmp(line, "run"))
			snprintf(job->name, sizeof(job->name), "%s", value ? value : "");
		else
			job_add_line(job, line, value ? value : "");
	}
	return false;
}
