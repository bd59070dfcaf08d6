// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The command of --exec, inside. Part of run.h. */
#ifndef B2C_EXEC_PARTS_H
#define B2C_EXEC_PARTS_H

#include <stdbool.h>
#include <sys/types.h>

struct b2c_run;

struct b2c_exec {
	int (*start)(struct b2c_run *run);   /* makes the process, which waits */
	int (*release)(struct b2c_run *run); /* lets it go */
	/* Ends what is left of it; returns the tool's exit status, which is `status` so far. */
	int (*finish)(struct b2c_run *run, int status);
};

struct b2c_command {
	pid_t pid;   /* 0: there is none */
	int gate;    /* to it: one byte lets it go */
	int failure; /* from it: why it could not be run */
	bool ended;
	int status; /* as of waitpid() */
};

#endif
