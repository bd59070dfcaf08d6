// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Functions of processes, by libdw. The only part of the runtime that needs it,
 * and linked only into tools that name b2c_user_symbols.
 */
#define _GNU_SOURCE
#include <elfutils/libdwfl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"
#include "symbols.h"

#define MAX_PROCESSES 64

struct process {
	uint32_t pid;
	Dwfl *dwfl; /* NULL: it is gone or not ours to see */
};

static struct process processes[MAX_PROCESSES];
static size_t nr_processes;

/*
 * libdw would ask a debuginfod server on the network, through a library that it
 * loads at run time. Having these here keeps both out of a static tool.
 */
int __libdwfl_debuginfod_find_executable(Dwfl *dwfl, const unsigned char *id, size_t size);
int __libdwfl_debuginfod_find_debuginfo(Dwfl *dwfl, const unsigned char *id, size_t size);
void __libdwfl_debuginfod_end(void *client);

int __libdwfl_debuginfod_find_executable(Dwfl *dwfl, const unsigned char *id, size_t size)
{
	(void)dwfl;
	(void)id;
	(void)size;
	return -1;
}

int __libdwfl_debuginfod_find_debuginfo(Dwfl *dwfl, const unsigned char *id, size_t size)
{
	return __libdwfl_debuginfod_find_executable(dwfl, id, size);
}

void __libdwfl_debuginfod_end(void *client)
{
	(void)client;
}

/* Files are given when a process is reported; this is for the vDSO only. */
static const Dwfl_Callbacks callbacks = {
	.find_elf = dwfl_linux_proc_find_elf,
	.find_debuginfo = dwfl_standard_find_debuginfo,
};

/* A file that is mapped: where its first byte is, and as which mapping. */
struct mapped {
	char path[PATH_MAX];
	unsigned long start;
	unsigned long end;
};

/*
 * Gives libdw a mapped file as the process sees it, which in a container is not
 * the file of that name here; and by its mapping if it has been deleted.
 */
static void report_file(Dwfl *dwfl, uint32_t pid, const struct mapped *file)
{
	char path[PATH_MAX + 64];

	snprintf(path, sizeof(path), "/proc/%u/root%s", pid, file->path);
	if (dwfl_report_elf(dwfl, file->path, path, -1, file->start, false))
		return;
	snprintf(path, sizeof(path), "/proc/%u/map_files/%lx-%lx", pid, file->start, file->end);
	dwfl_report_elf(dwfl, file->path, path, -1, file->start, false);
}

/* One line of /proc/PID/maps. Files are reported at their first executable mapping. */
static void report_line(Dwfl *dwfl, uint32_t pid, const char *line, struct mapped *file)
{
	unsigned long start, end, offset;
	char permissions[8], vdso[32];
	int n = 0;

	if (sscanf(line, "%lx-%lx %7s %lx %*s %*s %n", &start, &end, permissions, &offset, &n) < 4)
		return;
	if (strcmp(line + n, "[vdso]") == 0) {
		snprintf(vdso, sizeof(vdso), "[vdso: %u]", pid);
		dwfl_report_module(dwfl, vdso, start, end);
	}
	if (!n || line[n] != '/')
		return;
	if (offset == 0) {
		snprintf(file->path, sizeof(file->path), "%s", line + n);
		file->start = start;
		file->end = end;
	}
	if (strchr(permissions, 'x') && strcmp(file->path, line + n) == 0) {
		report_file(dwfl, pid, file);
		file->path[0] = '\0';
	}
}

/* Returns 0 or -errno. */
static int report_process(Dwfl *dwfl, uint32_t pid)
{
	struct mapped *file = calloc(1, sizeof(*file));
	struct b2c_text maps = { 0 };
	char path[64], *line, *end;
	int err = -ENOMEM;

	snprintf(path, sizeof(path), "/proc/%u/maps", pid);
	if (file)
		err = b2c_text_read_file(&maps, path);
	for (line = maps.data; !err && line && (end = strchr(line, '\n')); line = end + 1) {
		*end = '\0';
		report_line(dwfl, pid, line, file);
	}
	b2c_text_free(&maps);
	free(file);
	return err;
}

static void release(void)
{
	size_t i;

	for (i = 0; i < nr_processes; i++)
		dwfl_end(processes[i].dwfl);
	nr_processes = 0;
}

static Dwfl *open_process(uint32_t pid)
{
	Dwfl *dwfl = dwfl_begin(&callbacks);

	if (!dwfl)
		return NULL;
	if (report_process(dwfl, pid) || dwfl_report_end(dwfl, NULL, NULL)) {
		dwfl_end(dwfl);
		return NULL;
	}
	return dwfl;
}

static Dwfl *process_of(uint32_t pid)
{
	size_t i;

	for (i = 0; i < nr_processes; i++)
		if (processes[i].pid == pid)
			return processes[i].dwfl;
	if (nr_processes == MAX_PROCESSES)
		release();
	processes[nr_processes] = (struct process){ .pid = pid, .dwfl = open_process(pid) };
	return processes[nr_processes++].dwfl;
}

/* libdw puts the version behind the name: "read@@GLIBC_2.2.5". */
static const char *without_version(const char *name)
{
	static char plain[512];

	if (!name || !strchr(name, '@'))
		return name;
	snprintf(plain, sizeof(plain), "%.*s", (int)strcspn(name, "@"), name);
	return plain;
}

static const char *find(uint32_t pid, uint64_t address)
{
	Dwfl *dwfl = process_of(pid);
	Dwfl_Module *module = dwfl ? dwfl_addrmodule(dwfl, address) : NULL;
	GElf_Off offset;
	GElf_Sym symbol;

	if (!module)
		return NULL;
	return without_version(
		dwfl_module_addrinfo(module, address, &offset, &symbol, NULL, NULL, NULL));
}

const struct b2c_symbolizer b2c_user_symbols = { .find = find, .release = release };
