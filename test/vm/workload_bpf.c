// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Looks at what a tool is and leaves: the commands `privileges`, `loaded` and `unloaded`
 * of the workload, which fail where it is not as their arguments say.
 */
#define _GNU_SOURCE
#include "workload.h"

#include <dirent.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* A program is freed some time after the process that held it is gone. */
#define ATTEMPTS 100
#define PAUSE_NS (50 * 1000 * 1000)

/* The number after "\nKEY:" of a process's status, in hexadecimal; 0 if it has none. */
static uint64_t status_number(const char *status, const char *key)
{
	const char *at = strstr(status, key);

	return at ? strtoull(at + strlen(key), NULL, 16) : 0;
}

static bool read_status(const char *pid, char *text, size_t size)
{
	char path[64];
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%.20s/status", pid);
	f = fopen(path, "re");
	if (!f)
		return false;
	n = fread(text, 1, size - 1, f);
	text[n] = '\0';
	fclose(f);
	return true;
}

static int judge(const char *status, uint64_t want)
{
	uint64_t effective = status_number(status, "\nCapEff:");
	uint64_t permitted = status_number(status, "\nCapPrm:");

	errno = 0;
	if (effective != want || permitted != want)
		return fail("capabilities %llx, %llx instead of %llx",
			    (unsigned long long)effective, (unsigned long long)permitted,
			    (unsigned long long)want);
	if (!status_number(status, "\nNoNewPrivs:"))
		return fail("new privileges are possible");
	return 0;
}

/* The status of a process by its name, and its directory in /proc; false: there is none. */
static bool find_process(const char *comm, char *status, size_t size, char pid[32])
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	bool found = false;
	char name[64];

	snprintf(name, sizeof(name), "Name:\t%.40s\n", comm);
	while (proc && !found && (entry = readdir(proc))) {
		found = read_status(entry->d_name, status, size) &&
			!strncmp(status, name, strlen(name));
		snprintf(pid, 32, "%.20s", entry->d_name);
	}
	if (proc)
		closedir(proc);
	return found;
}

int run_privileges(int argc, char **argv)
{
	char status[4096], pid[32];

	(void)argc;
	if (!find_process(argv[0], status, sizeof(status), pid))
		return fail("no process '%s'", argv[0]);
	return judge(status, strtoull(argv[1], NULL, 16));
}

/* Prints how many nanoseconds a process has run: for measurements. */
int run_cpu(int argc, char **argv)
{
	char status[4096], pid[32], path[64];
	unsigned long long ns = 0;
	FILE *f;

	(void)argc;
	if (!find_process(argv[0], status, sizeof(status), pid))
		return fail("no process '%s'", argv[0]);
	snprintf(path, sizeof(path), "/proc/%s/schedstat", pid);
	f = fopen(path, "re");
	if (!f || fscanf(f, "%llu", &ns) != 1)
		return fail("%s", path);
	fclose(f);
	printf("%llu\n", ns);
	return 0;
}

static int bpf(int command, union bpf_attr *attr)
{
	return (int)syscall(SYS_bpf, command, attr, sizeof(*attr));
}

/* Whether the program of an id has this name, as far as the kernel keeps names. */
static bool has_name(uint32_t id, const char *name)
{
	struct bpf_prog_info info = { 0 };
	union bpf_attr attr = { .prog_id = id };
	int fd = bpf(BPF_PROG_GET_FD_BY_ID, &attr);

	if (fd < 0)
		return false;
	attr = (union bpf_attr){ .info = { .bpf_fd = (uint32_t)fd,
					   .info_len = sizeof(info),
					   .info = (uintptr_t)&info } };
	bpf(BPF_OBJ_GET_INFO_BY_FD, &attr);
	close(fd);
	return !strncmp(info.name, name, sizeof(info.name) - 1);
}

static bool is_loaded(const char *name)
{
	union bpf_attr attr = { 0 };

	while (!bpf(BPF_PROG_GET_NEXT_ID, &attr)) {
		if (has_name(attr.next_id, name))
			return true;
		attr.start_id = attr.next_id;
	}
	return false;
}

/* Links are of programs: without any program there is no link. */
int run_unloaded(int argc, char **argv)
{
	struct timespec pause = { .tv_nsec = PAUSE_NS };
	int i = 0;

	(void)argc;
	while (is_loaded(argv[0]) && i++ < ATTEMPTS)
		nanosleep(&pause, NULL);
	errno = 0;
	return is_loaded(argv[0]) ? fail("program '%s' is still loaded", argv[0]) : 0;
}

int run_loaded(int argc, char **argv)
{
	(void)argc;
	errno = 0;
	return is_loaded(argv[0]) ? 0 : fail("no program '%s' is loaded", argv[0]);
}
