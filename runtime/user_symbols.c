// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Functions of processes, by libdw. The only part of the runtime that needs it,
 * and linked only into tools that name b2c_user_symbols.
 */
#define _GNU_SOURCE
#include <elfutils/libdwfl.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"
#include "symbols.h"

#define MAX_PROCESSES 64

struct process {
	uint32_t pid;
	Dwfl *dwfl;	/* NULL: it is gone or not ours to see */
};

static struct process processes[MAX_PROCESSES];
static size_t nr_processes;
static uint32_t current_pid;	/* whose module find_elf() is asked for */

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

/*
 * Opens a mapped file as the process sees it, which in a container is not the
 * file of that name here.
 */
static int find_elf(Dwfl_Module *module, void **userdata, const char *name, Dwarf_Addr base,
		    char **ret_file, Elf **ret_elf)
{
	char path[PATH_MAX];
	int fd;

	snprintf(path, sizeof(path), "/proc/%u/root%s", current_pid, name);
	fd = name[0] == '/' ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	if (fd < 0)
		return dwfl_linux_proc_find_elf(module, userdata, name, base, ret_file, ret_elf);
	*ret_file = strdup(path);
	return fd;
}

static const Dwfl_Callbacks callbacks = {
	.find_elf = find_elf,
	.find_debuginfo = dwfl_standard_find_debuginfo,
};

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
	if (dwfl_linux_proc_report(dwfl, (pid_t)pid) || dwfl_report_end(dwfl, NULL, NULL)) {
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
	current_pid = pid;
	processes[nr_processes] = (struct process){ .pid = pid, .dwfl = open_process(pid) };
	return processes[nr_processes++].dwfl;
}

static const char *find(uint32_t pid, uint64_t address)
{
	Dwfl *dwfl = process_of(pid);
	Dwfl_Module *module = dwfl ? dwfl_addrmodule(dwfl, address) : NULL;
	GElf_Off offset;
	GElf_Sym symbol;

	current_pid = pid;
	if (!module)
		return NULL;
	return dwfl_module_addrinfo(module, address, &offset, &symbol, NULL, NULL, NULL);
}

const struct b2c_symbolizer b2c_user_symbols = { .find = find, .release = release };
