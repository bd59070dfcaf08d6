// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Addresses of symbols for programs, from one pass over /proc/kallsyms each. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

/* "ffffffff81000000 T _stext [module]"; the first of that name. 0: there is none. */
static bool find(FILE *file, const char *name, uint64_t *ret_address)
{
	size_t room = 0, n = strlen(name);
	char *line = NULL, *rest;
	bool found = false;

	while (!found && getline(&line, &room, file) > 0) {
		*ret_address = strtoull(line, &rest, 16);
		found = rest[0] == ' ' && rest[1] && rest[2] == ' ' &&
			!strncmp(rest + 3, name, n) && strchr(" \t\n", rest[3 + n]);
	}
	free(line);
	return found;
}

static void find_symbol(struct b2c_run *run, const char *name, bool optional, uint64_t *address)
{
	FILE *file = fopen("/proc/kallsyms", "re");
	uint64_t found = 0;
	bool is_there = file && find(file, name, &found);
	const char *reason = !file ? strerror(errno) : "this kernel does not have it";

	if (file)
		fclose(file);
	*address = is_there ? found : 0;
	if ((is_there && found) || (optional && file && !is_there))
		return;
	if (is_there)
		reason = "its address is hidden (see /proc/sys/kernel/kptr_restrict)";
	b2c_error(run, "cannot find symbol '%s' of the kernel: %s", name, reason);
	if (!run->err)
		run->err = -ENOENT;
}

void b2c_find_symbol(struct b2c_run *run, const char *name, uint64_t *address)
{
	find_symbol(run, name, false, address);
}

void b2c_find_optional_symbol(struct b2c_run *run, const char *name, uint64_t *address)
{
	find_symbol(run, name, true, address);
}
