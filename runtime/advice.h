// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What to do when the kernel refuses something. Part of run.h. */
#ifndef B2C_ADVICE_H
#define B2C_ADVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the kernel was asked for. */
enum b2c_step {
	B2C_STEP_PROGRAM, /* load a program */
	B2C_STEP_MAP,	  /* make a map */
	B2C_STEP_ATTACH,
};

/* What decides on a host who may do what. */
struct b2c_host {
	uint64_t caps; /* effective capabilities */
	bool locked_down;
	bool seccomp;	     /* a filter is on this process */
	bool limits_memlock; /* RLIMIT_MEMLOCK is not unlimited */
	int perf_paranoid;   /* kernel.perf_event_paranoid */
};

#define B2C_CAP_NET_ADMIN 12
#define B2C_CAP_SYS_ADMIN 21
#define B2C_CAP_PERFMON 38
#define B2C_CAP_BPF 39
#define B2C_CAP_CHECKPOINT_RESTORE 40

bool b2c_has_cap(uint64_t caps, int cap);

/* host.c */
/* "CAP_BPF and CAP_PERFMON", or which of them; NULL: nothing is missing. */
const char *b2c_missing_caps(uint64_t caps);
void b2c_host_read(struct b2c_host *ret_host);

/*
 * The line of a verifier's log that says what is wrong, into `line`, and what to do about
 * it. NULL where nothing is known; `line` is "" then.
 */
const char *b2c_advice_on_log(const char *log, char *line, size_t size);

/* What to do about -errno; NULL where the error says all there is. */
const char *b2c_advice_on_error(const struct b2c_host *host, enum b2c_step step, int err);

/* "Device or resource busy; another program has this place: ...", for this host. */
const char *b2c_reason(enum b2c_step step, int err);

#endif
