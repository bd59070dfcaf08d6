// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What the workload's processes do to one another: waits for a processor, shared memory,
 * an end for want of memory, a terminal that is typed at; how others find and start one.
 * Called by workload.c.
 */
#define _GNU_SOURCE
#include "workload.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

/* N processes spend MS at a time, each waiting for a processor that others have. */
int run_crowd(int argc, char **argv)
{
	long count = number(argv[0]);
	int status = 0;

	(void)argc;
	for (long i = 0; i < count; i++) {
		pid_t child = fork();

		if (child < 0)
			return fail("fork");
		if (!child) {
			workload_spin(number(argv[1]));
			_exit(0);
		}
	}
	for (long i = 0; i < count; i++) {
		int one;

		if (wait(&one) < 0 || one)
			status = fail("a process of the crowd");
	}
	return status;
}

/* N times: a segment of SIZE bytes is made, attached, detached and removed. */
int run_shm(int argc, char **argv)
{
	size_t size = (size_t)number(argv[1]);

	(void)argc;
	for (long i = number(argv[0]); i; i--) {
		int id = shmget(IPC_PRIVATE, size, IPC_CREAT | 0600);
		void *memory = id < 0 ? (void *)-1 : shmat(id, NULL, 0);

		if (memory == (void *)-1 || shmdt(memory) || shmctl(id, IPC_RMID, NULL))
			return fail("shared memory");
	}
	return 0;
}

/* The victim: sooner chosen than any other process, and with some memory to free. */
static int wait_for_the_end(int ready)
{
	int fd = open("/proc/self/oom_score_adj", O_WRONLY);
	size_t size = 8 << 20;
	char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (fd < 0 || write(fd, "1000", 4) != 4 || memory == MAP_FAILED)
		return fail("become the victim");
	memset(memory, 1, size);
	if (write(ready, "x", 1) != 1)
		return fail("say that all is ready");
	sleep(60);
	return 1;
}

/* The kernel is told that memory is short; it kills a child of this process. */
int run_oom(int argc, char **argv)
{
	int fd = open("/proc/sysrq-trigger", O_WRONLY), ready[2], status;
	pid_t child;
	char byte;

	(void)argc;
	(void)argv;
	if (fd < 0 || pipe(ready))
		return fail("open /proc/sysrq-trigger");
	child = fork();
	if (child < 0)
		return fail("fork");
	if (!child)
		_exit(wait_for_the_end(ready[1]));
	if (read(ready[0], &byte, 1) != 1 || write(fd, "f", 1) != 1)
		return fail("have it killed");
	if (waitpid(child, &status, 0) != child || !WIFSIGNALED(status) ||
	    WTERMSIG(status) != SIGKILL)
		return fail("the child was not killed: %#x", status);
	return 0;
}

/* Reads what is written to a terminal until all have closed it, or until there is some. */
static void take_output(int terminal, bool all)
{
	char buffer[4096];

	while (read(terminal, buffer, sizeof(buffer)) > 0 && all)
		;
}

/* N times LINE and then "exit" are typed at PATH ARG..., which must end with 0. */
int run_type(int argc, char **argv)
{
	int terminal = posix_openpt(O_RDWR | O_NOCTTY);
	const char *name;
	pid_t child;

	(void)argc;
	if (terminal < 0 || grantpt(terminal) || unlockpt(terminal))
		return fail("open a terminal");
	name = ptsname(terminal);
	child = name ? fork() : -1;
	if (child < 0)
		return fail("fork");
	if (!child) {
		int fd = setsid() < 0 ? -1 : open(name, O_RDWR);

		if (fd < 0 || dup2(fd, 0) < 0 || dup2(fd, 1) < 0 || dup2(fd, 2) < 0)
			_exit(126);
		execv(argv[2], argv + 2);
		_exit(127);
	}
	take_output(terminal, false);
	for (long i = number(argv[0]); i; i--)
		dprintf(terminal, "%s\n", argv[1]);
	dprintf(terminal, "exit\n");
	take_output(terminal, true);
	errno = 0;
	return wait_for(child, 0);
}

int take_name(char *old, const char *name)
{
	size_t room = strlen(old);

	errno = 0;
	if (strlen(name) > room)
		return fail("'%s' is longer than '%s'", name, old);
	memset(old, 0, room);
	memcpy(old, name, strlen(name));
	return 0;
}

int wait_at_gate(int fd)
{
	char byte;

	if (read(fd, &byte, 1) != 1)
		return fail("the gate closed");
	close(fd);
	return 0;
}
