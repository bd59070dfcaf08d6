// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Lines of /proc/kallsyms, and which functions the kernel has; see symbols.h. */
#define _GNU_SOURCE
#include "functions.h"
#include "symbols.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

/* Hexadecimal digits up to a blank; NULL if there are none. Far faster than strtoull(). */
static char *read_address(char *s, uint64_t *ret_address)
{
	const char *start = s;
	uint64_t address = 0;
	unsigned int digit;

	for (; (digit = (unsigned char)*s) > ' '; s++) {
		if (digit - '0' < 10)
			digit -= '0';
		else if ((digit | 0x20) - 'a' < 6)
			digit = (digit | 0x20) - 'a' + 10;
		else
			return NULL;
		address = address << 4 | digit;
	}
	*ret_address = address;
	return s > start && *s == ' ' ? s : NULL;
}

char *b2c_kallsyms_function(char *line, uint64_t *ret_address, const char **ret_module)
{
	char *end = read_address(line, ret_address), *name, *module;
	size_t length;

	if (!end || !end[1] || !strchr("tTwW", end[1]) || end[2] != ' ')
		return NULL;
	name = end + 3;
	length = strcspn(name, "\t \n");
	if (ret_module) {
		module = name + length + strspn(name + length, "\t ");
		*ret_module = "";
		if (*module == '[') {
			module[strcspn(module, "]\n")] = '\0';
			*ret_module = module + 1;
		}
	}
	name[length] = '\0';
	return name;
}

struct wanted {
	const char *name;
	size_t index;
};

static int wanted_compare(const void *a, const void *b)
{
	return strcmp(((const struct wanted *)a)->name, ((const struct wanted *)b)->name);
}

static void mark_name(const struct wanted *wanted, size_t nr, const char *name,
		      enum b2c_found what, enum b2c_found *found)
{
	const struct wanted key = { .name = name };
	const struct wanted *w = bsearch(&key, wanted, nr, sizeof(*wanted), wanted_compare);

	/* the same name may be wanted several times */
	while (w && w > wanted && strcmp(w[-1].name, name) == 0)
		w--;
	for (; w && w < wanted + nr && strcmp(w->name, name) == 0; w++)
		if (found[w->index] < what)
			found[w->index] = what;
}

static void wanted_mark(const struct wanted *wanted, size_t nr, char *name, enum b2c_found *found)
{
	size_t length = b2c_copy_of(name);

	mark_name(wanted, nr, name, B2C_FOUND_ITSELF, found);
	if (!length)
		return;
	name[length] = '\0';
	mark_name(wanted, nr, name, B2C_FOUND_COPY, found);
}

int b2c_functions_find(const char *const *names, enum b2c_found *ret_found, size_t nr_names)
{
	struct wanted *wanted = calloc(nr_names + 1, sizeof(*wanted));
	FILE *f = fopen("/proc/kallsyms", "re");
	char *line = NULL, *name;
	size_t room = 0, i;
	uint64_t address;
	int err = 0;

	if (!wanted || !f) {
		err = wanted ? -errno : -ENOMEM;
		goto out;
	}
	for (i = 0; i < nr_names; i++) {
		wanted[i] = (struct wanted){ .name = names[i], .index = i };
		ret_found[i] = B2C_FOUND_NONE;
	}
	qsort(wanted, nr_names, sizeof(*wanted), wanted_compare);
	while (getline(&line, &room, f) > 0) {
		name = b2c_kallsyms_function(line, &address, NULL);
		if (name)
			wanted_mark(wanted, nr_names, name, ret_found);
	}
out:
	free(line);
	if (f)
		fclose(f);
	free(wanted);
	return err;
}
