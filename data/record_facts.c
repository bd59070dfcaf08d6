// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Runs in a test guest for regenerate.py: prints the format of every
 * tracepoint, each after a line "## CATEGORY/EVENT"; then of the kernel itself,
 * without modules, its symbols after "## kallsyms" and what can be traced after
 * "## traceable". Exits 1 where it fails.
 */
#define _DEFAULT_SOURCE
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>

#define EVENTS "/sys/kernel/tracing/events"
#define KALLSYMS "/proc/kallsyms"
#define TRACEABLE "/sys/kernel/tracing/available_filter_functions"

static int print_format(const char *category, const char *event)
{
	char path[PATH_MAX], chunk[8192];
	FILE *file;
	size_t n;

	snprintf(path, sizeof(path), EVENTS "/%s/%s/format", category, event);
	file = fopen(path, "r");
	if (!file)
		return errno == ENOENT || errno == ENOTDIR ? 0 : -1;
	printf("## %s/%s\n", category, event);
	while ((n = fread(chunk, 1, sizeof(chunk), file)) > 0)
		fwrite(chunk, 1, n, stdout);
	putchar('\n');
	fclose(file);
	return 0;
}

/* Calls `each` for every entry of a folder, with `context`. */
static int for_entries(const char *path, int (*each)(const char *context, const char *name),
		       const char *context)
{
	DIR *folder = opendir(path);
	struct dirent *entry;
	int err = 0;

	if (!folder)
		return errno == ENOTDIR ? 0 : -1;
	while (!err && (entry = readdir(folder))) {
		if (entry->d_name[0] != '.')
			err = each(context, entry->d_name);
	}
	closedir(folder);
	return err;
}

static int print_category(const char *unused, const char *category)
{
	char path[PATH_MAX];

	(void)unused;
	snprintf(path, sizeof(path), EVENTS "/%s", category);
	return for_entries(path, print_format, category);
}

/* The lines of modules, BPF programs and trampolines end in "[NAME]" and are left out. */
static int print_own(const char *title, const char *path)
{
	FILE *file = fopen(path, "r");
	char line[1024];

	if (!file)
		return -1;
	printf("## %s\n", title);
	while (fgets(line, sizeof(line), file)) {
		if (!strchr(line, '['))
			fputs(line, stdout);
	}
	fclose(file);
	return 0;
}

int main(void)
{
	if (mount("tracefs", "/sys/kernel/tracing", "tracefs", 0, NULL) && errno != EBUSY) {
		perror("tracefs");
		return 1;
	}
	if (for_entries(EVENTS, print_category, NULL)) {
		perror(EVENTS);
		return 1;
	}
	if (print_own("kallsyms", KALLSYMS) || print_own("traceable", TRACEABLE)) {
		perror("functions");
		return 1;
	}
	return fflush(stdout) ? 1 : 0;
}
