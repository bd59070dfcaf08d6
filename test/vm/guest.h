// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What the parts of the test guest's /init share: guest.c runs the jobs, guest_jobs.c reads
 * their list, guest_machine.c sets the machine up, guest_results.c writes the results.
 */
#ifndef GUEST_H
#define GUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define MAX_ARGS 64
#define MAX_WORKS 8

struct command {
	char *argv[MAX_ARGS + 1];
	int argc;
};

/* One run of a tool, as run.py describes it; times are in milliseconds. */
struct job {
	char name[64];
	int uid;
	unsigned long long caps; /* that a user but root gets; a bit each */
	bool hide_btf;
	bool want_ready;
	bool gate;  /* the first workload starts before the tool and waits at its gate */
	int pid;    /* of the first workload; 0: any */
	int signal; /* 0: the tool ends by itself */
	int ready_timeout;
	int limit;
	int settle;
	struct command tool;
	struct command works[MAX_WORKS];
	int nr_works;
};

/* guest_machine.c */

/* A line on the console. */
__attribute__((format(printf, 1, 2))) void say(const char *format, ...);

/* For what makes every result worthless: run.py sees that results are missing. */
_Noreturn void give_up(const char *what);

_Noreturn void power_off(void);
long now_ms(void);
void pause_ms(int ms);
void machine_set_up(void);
bool shell_wanted(void);
void shell_run(void);

/* guest_jobs.c */

/* Reads the next job; false at the end of the list. */
bool job_read(FILE *list, struct job *job);
void job_free(struct job *job);

/* guest_results.c: regular files of a tar on the result disk */

void results_open(void);
void results_add(const char *name, const char *data, size_t size);
void results_add_file(const char *name, const char *path);

/* Returns when all that was added is on the disk. */
void results_flush(void);

#endif
