// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Probes by pattern: one on each function that matches. Of these the kernel may
 * refuse some, as it does with its own exception handlers; the rest is attached.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "functions.h"
#include "run.h"

/* As bcc has it: probes of one tool. The kernel takes its time for each. */
#define MAX_PROBES 1000

static bool matches(const char *name, const void *regex)
{
	regmatch_t where;

	return !regexec(regex, name, 1, &where, 0) && where.rm_so == 0;
}

static int find_functions(const char *pattern, struct b2c_functions *functions)
{
	regex_t regex;
	int err;

	if (regcomp(&regex, pattern, REG_EXTENDED))
		return -EINVAL;
	err = b2c_functions_of_host(matches, &regex, functions);
	regfree(&regex);
	return err;
}

int b2c_count_matching(const char *pattern)
{
	struct b2c_functions functions = { 0 };
	int err = find_functions(pattern, &functions), nr = (int)functions.nr;

	b2c_functions_free(&functions);
	return err ? err : nr;
}

/* Whether the kernel's answer is about this function, not about the program or the host. */
static bool is_refusal(int err)
{
	return err == -ENOENT || err == -EINVAL || err == -EADDRNOTAVAIL || err == -EILSEQ ||
	       err == -EBUSY;
}

/* A probe may need two files, and a thousand probes more than a process has by default. */
static void allow_files(size_t nr)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur >= 2 * nr + 256)
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static int attach_function(struct b2c_run *run, const struct b2c_probe *probe,
			   struct bpf_program *program, const char *function)
{
	struct bpf_link *link = b2c_attach_kprobe(program, probe, function);
	int err = link ? 0 : -errno;

	if (link)
		return b2c_keep_link(run, link);
	if (!is_refusal(err))
		b2c_error(run, "cannot attach program '%s' to '%s': %s", probe->program, function,
			  b2c_reason(B2C_STEP_ATTACH, err));
	return err;
}

static int attach_functions(struct b2c_run *run, const struct b2c_probe *probe,
			    struct bpf_program *program, const struct b2c_functions *functions)
{
	size_t i, nr_refused = 0;
	int err;

	allow_files(run->nr_links + functions->nr);
	for (i = 0; i < functions->nr; i++) {
		err = attach_function(run, probe, program, functions->names[i]);
		if (err && !is_refusal(err))
			return err;
		nr_refused += err != 0;
	}
	if (nr_refused == functions->nr)
		return b2c_probe_failed(run, probe, -ENOENT,
					"program '%s': this kernel lets no function that matches "
					"'%s' be probed; tried: %zu",
					probe->program, probe->match, nr_refused);
	b2c_note(run, "functions that match '%s': program '%s' is attached to %zu, %zu are refused",
		 probe->match, probe->program, functions->nr - nr_refused, nr_refused);
	return 0;
}

bool b2c_has_matching(const struct b2c_probe *probe)
{
	struct b2c_functions functions = { 0 };
	bool has = find_functions(probe->match, &functions) == 0 && functions.nr;

	b2c_functions_free(&functions);
	return has;
}

int b2c_attach_matching(struct b2c_run *run, const struct b2c_probe *probe,
			struct bpf_program *program)
{
	struct b2c_functions functions = { 0 };
	int err = find_functions(probe->match, &functions);

	if (err)
		b2c_error(run, "cannot look for functions that match '%s': %s", probe->match,
			  strerror(-err));
	else if (!functions.nr)
		err = b2c_probe_failed(run, probe, -ENOENT,
				       "program '%s': this kernel has no function that matches "
				       "'%s'",
				       probe->program, probe->match);
	else if (run->nr_links + functions.nr > MAX_PROBES)
		err = b2c_probe_failed(run, probe, -E2BIG,
				       "program '%s': %zu functions match '%s': a tool has up to "
				       "%d probes",
				       probe->program, functions.nr, probe->match, MAX_PROBES);
	else
		err = attach_functions(run, probe, program, &functions);
	b2c_functions_free(&functions);
	return err;
}
