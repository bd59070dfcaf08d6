// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Functions of processes. What a process has mapped is kept from when it is first seen,
 * so that it may end before its functions are printed. Linked, with its parts, liblzma
 * and libiberty, only into tools that name b2c_user_symbols.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "user_demangle.h"
#include "user_perf_map.h"
#include "run.h"
#include "symbols.h"
#include "user_files.h"
#include "user_processes.h"

#define MAX_PROCESSES 4096
#define MAX_BYTES (32u << 20) /* of what is kept of them, beside the last */
#define FRESH_S 1	      /* how long what is known of a process is not looked at again */

struct process {
	uint32_t pid;
	int err; /* why its mappings could not be read; 0: they were */
	bool is_reported;
	bool has_ended;
	bool is_watched; /* since its program started: nothing to look at again */
	unsigned long long started; /* tells it from a later one of the same number */
	ino_t program;
	time_t checked_at;
	uint64_t used;
	struct b2c_mapper mapper;
	struct b2c_mappings mappings;
	struct b2c_perf_map jitted;
	off_t jitted_size;
	int jitted_fd; /* -1: there is none */
	time_t jitted_at; /* when it was looked for last */
	size_t bytes;  /* its part of nr_bytes */
};

static struct process *processes;
static size_t nr_processes;
static uint16_t places[4 * MAX_PROCESSES]; /* 1 + index in `processes`, by hash; 0: none */
static size_t nr_bytes; /* that all of them hold */
static uint64_t nr_uses;
static uint64_t nr_ended, nr_denied, nr_untold; /* of which functions were asked for in vain */
static struct b2c_text demangled;

/* ---- what is kept ---- */

static void process_clear(struct process *process)
{
	b2c_mappings_free(&process->mappings);
	b2c_perf_map_free(&process->jitted);
	if (process->jitted_fd >= 0)
		close(process->jitted_fd);
	process->jitted_fd = -1;
	process->jitted_at = 0;
	process->jitted_size = 0;
}

/* Where `pid` is, or would be, in `places`. */
static uint16_t *place_of(uint32_t pid)
{
	size_t at = pid * 2654435761u % B2C_SIZE(places);

	while (places[at] && processes[places[at] - 1].pid != pid)
		at = (at + 1) % B2C_SIZE(places);
	return &places[at];
}

static void place_all(void)
{
	size_t i;

	memset(places, 0, sizeof(places));
	for (i = 0; i < nr_processes; i++)
		*place_of(processes[i].pid) = (uint16_t)(i + 1);
}

static size_t bytes_of(const struct process *process)
{
	return process->mappings.room * sizeof(*process->mappings.items) +
	       process->mappings.names.room +
	       process->jitted.room * sizeof(*process->jitted.items) + process->jitted.names.room;
}

static void drop_oldest(void)
{
	size_t i, oldest = 0;

	for (i = 1; i < nr_processes; i++)
		if (processes[i].used < processes[oldest].used)
			oldest = i;
	process_clear(&processes[oldest]);
	nr_bytes -= processes[oldest].bytes;
	processes[oldest] = processes[--nr_processes];
}

/* Makes room for many at once, which costs as much as for one. */
static void drop_many(void)
{
	size_t i;

	for (i = 0; i < MAX_PROCESSES / 16; i++)
		drop_oldest();
	place_all();
}

static struct process *known_process(uint32_t pid)
{
	uint16_t place = *place_of(pid);

	if (!place)
		return NULL;
	processes[place - 1].used = ++nr_uses;
	return &processes[place - 1];
}

/* One of which nothing is known yet, for a number that is not there; NULL: no memory. */
static struct process *new_process(uint32_t pid)
{
	struct process *process;

	if (!processes)
		processes = calloc(MAX_PROCESSES, sizeof(*processes));
	if (!processes)
		return NULL;
	if (nr_processes == MAX_PROCESSES)
		drop_many();
	process = &processes[nr_processes++];
	*process = (struct process){ .pid = pid, .jitted_fd = -1, .used = ++nr_uses };
	*place_of(pid) = (uint16_t)nr_processes;
	return process;
}

/* Takes what `process` has come to hold into account. Returns it, which may have moved. */
static struct process *limit_bytes(struct process *process)
{
	uint32_t pid = process->pid;

	nr_bytes -= process->bytes;
	process->bytes = bytes_of(process);
	nr_bytes += process->bytes;
	if (nr_bytes - process->bytes <= MAX_BYTES)
		return process;
	process->used = ++nr_uses;
	/* more than needed, so as not to be here again at once */
	while (nr_processes > 1 && nr_bytes > MAX_BYTES / 4 * 3)
		drop_oldest();
	place_all();
	return known_process(pid);
}

/* ---- reading /proc ---- */

/* When it was started, in clock ticks since the boot; 0: it has ended. */
static unsigned long long start_of(uint32_t pid)
{
	struct b2c_text stat = { 0 };
	unsigned long long started = 0;
	const char *s = NULL;
	char path[64];
	int i;

	snprintf(path, sizeof(path), "/proc/%u/stat", pid);
	if (!b2c_text_read_file(&stat, path))
		s = strrchr(b2c_text_string(&stat), ')'); /* names may have any character */
	for (i = 0; s && i < 20; i++) /* the 22nd field */
		s = strchr(s + 1, ' ');
	if (s)
		started = strtoull(s, NULL, 10);
	b2c_text_free(&stat);
	return started;
}

static ino_t program_of(uint32_t pid)
{
	struct stat found;
	char path[64];

	snprintf(path, sizeof(path), "/proc/%u/exe", pid);
	return stat(path, &found) ? 0 : found.st_ino;
}

static bool is_same_file(uint32_t pid, const char *name)
{
	struct stat ours, theirs;
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/%s", name);
	if (stat(path, &ours))
		return true;
	snprintf(path, sizeof(path), "/proc/%u/%s", pid, name);
	return stat(path, &theirs) ||
	       (ours.st_ino == theirs.st_ino && ours.st_dev == theirs.st_dev);
}

static void find_root(struct process *process)
{
	struct b2c_mapper *mapper = &process->mapper;

	*mapper = (struct b2c_mapper){ .pid = process->pid };
	if (!is_same_file(process->pid, "ns/mnt") || !is_same_file(process->pid, "root/"))
		snprintf(mapper->root, sizeof(mapper->root), "/proc/%u/root", process->pid);
}

static int read_mappings(struct process *process)
{
	struct b2c_mappings mappings = { 0 };
	char path[64];
	FILE *f;
	int err;

	snprintf(path, sizeof(path), "/proc/%u/maps", process->pid);
	f = fopen(path, "re");
	if (!f)
		return -errno;
	err = b2c_mappings_read(&mappings, f);
	fclose(f);
	/* one that is ending has none any more: what was known before is better */
	if (!err && !mappings.nr && process->mappings.nr)
		err = -ESRCH;
	if (err) {
		b2c_mappings_free(&mappings);
		return err;
	}
	process_clear(process);
	process->mappings = mappings;
	return 0;
}

static time_t now_s(void)
{
	struct timespec now = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

/* Where code may be that the process has made: neither in a file nor the kernel's own. */
static bool may_be_jitted(const struct process *process, const struct b2c_mapping *mapping)
{
	const char *path = b2c_mapping_path(&process->mappings, mapping);

	if (!mapping->inode)
		return strncmp(path, "[v", 2) != 0; /* [vdso], [vsyscall] */
	return !strncmp(path, "/memfd:", 7) || !strncmp(path, "/dev/zero", 9);
}

/* Opens the list of its JIT while it is there. */
static void keep_list(struct process *process)
{
	time_t now = now_s();
	size_t i;

	if (process->jitted_fd >= 0 || process->has_ended || now - process->jitted_at < FRESH_S)
		return;
	for (i = 0; i < process->mappings.nr; i++)
		if (may_be_jitted(process, &process->mappings.items[i]))
			break;
	if (i == process->mappings.nr)
		return;
	process->jitted_at = now;
	process->jitted_fd = b2c_perf_map_open(process->pid);
}

/* Opens what it has mapped while it is there. */
static void keep_files(struct process *process)
{
	size_t i;

	for (i = 0; i < process->mappings.nr; i++)
		b2c_user_file_see(&process->mapper, &process->mappings,
				  &process->mappings.items[i]);
	keep_list(process);
}

static void process_read(struct process *process)
{
	int err;

	process->started = start_of(process->pid);
	process->program = program_of(process->pid);
	find_root(process);
	err = read_mappings(process);
	if (err == -ENOENT || err == -ESRCH)
		process->has_ended = true;
	process->err = process->mappings.nr ? 0 : err;
	if (!err)
		keep_files(process);
}

/* Another one may have the number now, or it runs another program. */
static void process_check(struct process *process)
{
	unsigned long long started;
	time_t now = now_s();

	if (process->has_ended || process->is_watched || now - process->checked_at < FRESH_S)
		return;
	process->checked_at = now;
	started = start_of(process->pid);
	if (!started)
		process->has_ended = true;
	else if (started != process->started || program_of(process->pid) != process->program)
		process_read(process);
}

static struct process *process_of(uint32_t pid)
{
	struct process *process = known_process(pid);

	if (process) {
		process_check(process);
		return process;
	}
	/* it may have ended already, and what it was waits to be told */
	b2c_user_watch_catch_up();
	process = known_process(pid);
	if (process)
		return process;
	process = new_process(pid);
	if (!process)
		return NULL;
	process->checked_at = now_s();
	process_read(process);
	return limit_bytes(process);
}

/* ---- what the watch tells ---- */

/* Of the number `pid`, without what a process before it had. */
static struct process *fresh_process(uint32_t pid)
{
	struct process *process = known_process(pid);

	if (process) {
		process_clear(process);
		nr_bytes -= process->bytes;
		*process = (struct process){ .pid = pid, .jitted_fd = -1, .used = nr_uses };
		return process;
	}
	return new_process(pid);
}

void b2c_user_forked(uint32_t pid, uint32_t parent)
{
	struct process *process, *from;

	process_of(parent);
	process = fresh_process(pid);
	from = known_process(parent); /* may have been dropped to make room */
	if (!process || !from)
		return;
	process->mapper = from->mapper;
	process->is_watched = true;
	process->err = b2c_mappings_copy(&process->mappings, &from->mappings);
	limit_bytes(process);
}

void b2c_user_executed(uint32_t pid)
{
	struct process *process = fresh_process(pid);

	if (!process)
		return;
	process->is_watched = true;
	find_root(process);
}

void b2c_user_mapped(uint32_t pid, const struct b2c_mapping *mapping, const char *path)
{
	struct process *process = known_process(pid);
	const struct b2c_mapping *kept;

	/* others are read when they are asked about */
	if (!process || b2c_mappings_add(&process->mappings, mapping, path))
		return;
	process->err = 0;
	kept = b2c_mapping_find(&process->mappings, mapping->start);
	if (kept)
		b2c_user_file_see(&process->mapper, &process->mappings, kept);
	if (kept && may_be_jitted(process, kept))
		keep_list(process);
	limit_bytes(process);
}

void b2c_user_lost(uint64_t nr)
{
	size_t i;

	nr_untold += nr;
	for (i = 0; i < nr_processes; i++)
		processes[i].is_watched = false;
}

/* ---- looking up ---- */

/* Code that a compiler makes while it runs comes with new lines in its list. */
static const char *find_jitted(struct process *process, uint64_t address, uint64_t *ret_offset)
{
	const char *name = b2c_perf_map_find(&process->jitted, address, ret_offset);
	struct stat found;

	if (process->jitted_fd < 0 && !process->has_ended)
		process->jitted_fd = b2c_perf_map_open(process->pid);
	if (name || process->jitted_fd < 0 || fstat(process->jitted_fd, &found) ||
	    found.st_size == process->jitted_size)
		return name;
	process->jitted_size = found.st_size;
	if (b2c_perf_map_read(&process->jitted, process->jitted_fd))
		return NULL;
	return b2c_perf_map_find(&process->jitted, address, ret_offset);
}

static const struct b2c_functions_of *functions_of(const struct process *process,
						   const struct b2c_mapping *mapping)
{
	const char *path = b2c_mapping_path(&process->mappings, mapping);

	if (mapping->inode)
		return b2c_user_file(&process->mapper, &process->mappings, mapping);
	/* one of 32 bits has another vDSO, which lies below */
	return strcmp(path, "[vdso]") || mapping->start <= UINT32_MAX ? NULL : b2c_user_vdso();
}

static const struct b2c_mapping *mapping_of(struct process *process, uint64_t address)
{
	const struct b2c_mapping *mapping = b2c_mapping_find(&process->mappings, address);

	/* a library that it has loaded since */
	if (!mapping && !process->has_ended && now_s() - process->checked_at >= FRESH_S) {
		process->checked_at = now_s();
		process_read(process);
		mapping = b2c_mapping_find(&process->mappings, address);
	}
	return mapping;
}

/* In the process: a name, a module, and where in it. */
static void find_in(struct process *process, uint64_t address, struct b2c_symbol *ret_symbol)
{
	static char list[32];
	const struct b2c_mapping *mapping = mapping_of(process, address);
	const struct b2c_functions_of *functions;

	if (!mapping)
		return;
	functions = functions_of(process, mapping);
	ret_symbol->module = b2c_mapping_path(&process->mappings, mapping);
	ret_symbol->offset = address - mapping->start + mapping->offset;
	if (functions) {
		ret_symbol->name = b2c_function_at(functions, ret_symbol->offset,
						   &ret_symbol->offset);
		return;
	}
	ret_symbol->name = find_jitted(process, address, &ret_symbol->offset);
	if (ret_symbol->name) {
		snprintf(list, sizeof(list), "perf-%u.map", process->pid);
		ret_symbol->module = list;
	} else if (!*ret_symbol->module) {
		ret_symbol->module = NULL;
		ret_symbol->offset = address;
	}
}

/* Counts a process once whose functions are asked for in vain. */
static void note_missing(struct process *process)
{
	if (!process->err || process->is_reported)
		return;
	process->is_reported = true;
	nr_ended += process->has_ended;
	nr_denied += !process->has_ended;
}

static void find(uint32_t pid, uint64_t address, struct b2c_symbol *ret_symbol)
{
	struct process *process = process_of(pid);

	*ret_symbol = (struct b2c_symbol){ .offset = address };
	if (!process)
		return;
	find_in(process, address, ret_symbol);
	note_missing(process);
	limit_bytes(process);
	if (!ret_symbol->name)
		return;
	b2c_text_clear(&demangled);
	b2c_demangle(&demangled, ret_symbol->name);
	ret_symbol->name = b2c_text_string(&demangled);
}

static void see(uint32_t pid)
{
	struct process *process = process_of(pid);

	if (process)
		keep_list(process);
}

/* ---- at the end ---- */

static void report_one(const struct b2c_run *run, uint64_t nr, const char *why)
{
	if (nr)
		b2c_error(run, "user functions of %llu process%s have no names: %s",
			  (unsigned long long)nr, nr == 1 ? "" : "es", why);
}

static void report(const struct b2c_run *run)
{
	report_one(run, nr_ended, "ended before their symbols were read");
	if (nr_untold)
		b2c_error(run, "%llu notices of processes lost: user functions may have no names",
			  (unsigned long long)nr_untold);
	report_one(run, nr_denied, "not allowed to look into them; run as root or with "
				   "CAP_SYS_PTRACE and CAP_CHECKPOINT_RESTORE");
	nr_ended = nr_denied = nr_untold = 0;
}

static void release(void)
{
	while (nr_processes)
		process_clear(&processes[--nr_processes]);
	free(processes);
	processes = NULL;
	memset(places, 0, sizeof(places));
	nr_bytes = 0;
	b2c_text_free(&demangled);
	b2c_user_files_free();
}

const struct b2c_symbolizer b2c_user_symbols = {
	.find = find,
	.see = see,
	.watch = b2c_user_watch,
	.report = report,
	.release = release,
};
