// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Code that is made while the program runs, and listed as just-in-time compilers do: one
 * function that calls another, which sleeps. Also in namespaces of its own, where the
 * process has another number and another /tmp.
 */
#define _GNU_SOURCE
#include "workload.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CODE_SIZE 4096
#define NAP_NS 50000000

/* Calls its argument, with a frame of its own. */
#ifdef __aarch64__
static const unsigned int code[] = { 0xa9bf7bfd, 0x910003fd, 0xd63f0000, 0xa8c17bfd, 0xd65f03c0 };
#else
static const unsigned char code[] = { 0x55, 0x48, 0x89, 0xe5, 0xff, 0xd7, 0x5d, 0xc3 };
#endif

__attribute__((noinline)) static void nap(void)
{
	const struct timespec time = { .tv_nsec = NAP_NS };

	clock_nanosleep(CLOCK_MONOTONIC, 0, &time, NULL);
}

/* One line in the list, whose name has this process's number for itself. */
static int list(const void *place, const char *name)
{
	char path[64];
	FILE *f;

	snprintf(path, sizeof(path), "/tmp/perf-%d.map", getpid());
	f = fopen(path, "w");
	if (!f)
		return fail("create %s", path);
	fprintf(f, "%lx %zx %s\n", (unsigned long)place, sizeof(code), name);
	if (fclose(f))
		return fail("write %s", path);
	return 0;
}

/* N naps, each of them called by code that is listed as NAME. */
static int jit(long nr, const char *name)
{
	void (*made)(void (*)(void));
	char *place = mmap(NULL, CODE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
			   0);

	if (place == MAP_FAILED)
		return fail("mmap");
	if (list(place, name))
		return 1;
	memcpy(place, code, sizeof(code));
	if (mprotect(place, CODE_SIZE, PROT_READ | PROT_EXEC))
		return fail("mprotect");
	__builtin___clear_cache(place, place + sizeof(code));
	memcpy(&made, &place, sizeof(made));
	while (nr--)
		made(nap);
	/*
	 * Its list can be read as long as it is there, and a tool looks once a second. No nap,
	 * which would be one more.
	 */
	poll(NULL, 0, 1500);
	return 0;
}

int run_jit(int argc, char **argv)
{
	(void)argc;
	return jit(number(argv[0]), argv[1]);
}

/* The process whose program is called NAME; 0: there is none. */
static pid_t process_called(const char *name)
{
	DIR *all = opendir("/proc");
	char path[sizeof(((struct dirent *)0)->d_name) + 16], comm[17];
	struct dirent *one;
	pid_t found = 0;
	FILE *f;

	while (all && !found && (one = readdir(all))) {
		snprintf(path, sizeof(path), "/proc/%s/comm", one->d_name);
		f = fopen(path, "r");
		if (!f)
			continue;
		if (fgets(comm, sizeof(comm), f)) {
			comm[strcspn(comm, "\n")] = '\0';
			if (!strcmp(comm, name))
				found = (pid_t)number(one->d_name);
		}
		fclose(f);
	}
	if (all)
		closedir(all);
	errno = 0;
	return found;
}

static int move_to(int cpu)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	return sched_setaffinity(0, sizeof(one), &one) ? fail("sched_setaffinity") : 0;
}

static int inner_jit(char **argv)
{
	if (move_to(0))
		return 1;
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("inner", "/tmp", "tmpfs", 0, NULL))
		return fail("mount");
	if (getpid() != 1)
		return fail("not the first process of its namespace");
	return jit(number(argv[0]), argv[1]);
}

/*
 * The same as process 1 of its own, with an empty /tmp, on another CPU than its parent, whose
 * records a tool reads later. TOOL stands still meanwhile, so that it is told all at once.
 */
int run_inner_jit(int argc, char **argv)
{
	pid_t tool = argc > 2 ? process_called(argv[2]) : 0;
	pid_t child;

	if (argc > 2 && !tool)
		return fail("no process is called %s", argv[2]);
	if (move_to(1))
		return 1;
	if (tool && kill(tool, SIGSTOP))
		return fail("stop %s", argv[2]);
	if (unshare(CLONE_NEWPID | CLONE_NEWNS))
		return fail("unshare");
	child = fork();
	if (child < 0)
		return fail("fork");
	if (!child)
		_exit(inner_jit(argv));
	poll(NULL, 0, 500);
	if (tool && kill(tool, SIGCONT))
		return fail("continue %s", argv[2]);
	return wait_for(child, 0);
}
