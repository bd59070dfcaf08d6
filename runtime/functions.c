// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Reads the kernel's lists of functions; see functions.h. */
#define _GNU_SOURCE
#include "functions.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"
#include "symbols.h"

/* Symbols of kallsyms, or lines of ftrace's list, that are no function to call. */
static const char *const not_functions[] = {
	"_kbl_addr_", "__SCT__", "__pfx_", "__cfi_", "__ftrace_invalid_address___",
};

static bool is_function(const char *name)
{
	size_t i;

	for (i = 0; i < B2C_SIZE(not_functions); i++)
		if (!strncmp(name, not_functions[i], strlen(not_functions[i])))
			return false;
	return !strstr(name, ".cold");
}

int b2c_functions_add(struct b2c_functions *functions, const char *name)
{
	char **names = realloc(functions->names, (functions->nr + 1) * sizeof(*names));

	if (!names)
		return -ENOMEM;
	functions->names = names;
	names[functions->nr] = strdup(name);
	return names[functions->nr++] ? 0 : -ENOMEM;
}

static int name_compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void b2c_functions_sort(struct b2c_functions *functions)
{
	size_t i, nr = 0;

	if (functions->nr)
		qsort(functions->names, functions->nr, sizeof(*functions->names), name_compare);
	for (i = 0; i < functions->nr; i++) {
		if (nr && !strcmp(functions->names[nr - 1], functions->names[i]))
			free(functions->names[i]);
		else
			functions->names[nr++] = functions->names[i];
	}
	functions->nr = nr;
}

int b2c_functions_read(FILE *f, bool is_kallsyms, b2c_name_fits *fits, const void *context,
		       struct b2c_functions *functions)
{
	char *line = NULL, *name;
	uint64_t address;
	size_t room = 0;
	int err = 0;

	while (!err && getline(&line, &room, f) > 0) {
		name = is_kallsyms ? b2c_kallsyms_function(line, &address, NULL) : line;
		if (!name)
			continue;
		name[strcspn(name, " \t\n")] = '\0';
		if (is_function(name) && fits(name, context))
			err = b2c_functions_add(functions, name);
	}
	free(line);
	if (!err)
		b2c_functions_sort(functions);
	return err;
}

int b2c_functions_of_host(b2c_name_fits *fits, const void *context,
			  struct b2c_functions *functions)
{
	const char *tracefs = b2c_tracefs();
	bool is_kallsyms = false;
	char path[PATH_MAX];
	FILE *f = NULL;
	int err;

	if (tracefs) {
		snprintf(path, sizeof(path), "%s/available_filter_functions", tracefs);
		f = fopen(path, "re");
	}
	if (!f) {
		is_kallsyms = true;
		f = fopen("/proc/kallsyms", "re");
	}
	err = f ? b2c_functions_read(f, is_kallsyms, fits, context, functions) : -errno;
	if (f)
		fclose(f);
	return err;
}

void b2c_functions_free(struct b2c_functions *functions)
{
	size_t i;

	for (i = 0; i < functions->nr; i++)
		free(functions->names[i]);
	free(functions->names);
	*functions = (struct b2c_functions){ 0 };
}

size_t b2c_copy_of(const char *name)
{
	static const char *const words[] = { ".isra.", ".constprop." };
	size_t length = strcspn(name, "."), i;
	const char *rest = name + length;

	if (!*rest)
		return 0;
	while (*rest) {
		for (i = 0; i < B2C_SIZE(words); i++)
			if (!strncmp(rest, words[i], strlen(words[i])))
				break;
		if (i == B2C_SIZE(words) || !isdigit((unsigned char)rest[strlen(words[i])]))
			return 0;
		rest += strlen(words[i]);
		rest += strspn(rest, "0123456789");
	}
	return length;
}
