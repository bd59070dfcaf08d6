// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What the watch (user_watch.c) tells of processes as it happens, so that those that
 * end soon are known too. Part of user_symbols.c.
 */
#ifndef B2C_USER_PROCESSES_H
#define B2C_USER_PROCESSES_H

#include "user_mappings.h"

struct b2c_run;

/*
 * A process begins with what another one has mapped; it runs another program; it maps more.
 * Told in the order in which it happened, on whichever CPUs.
 */
void b2c_user_forked(uint32_t pid, uint32_t parent);
void b2c_user_executed(uint32_t pid);
void b2c_user_mapped(uint32_t pid, const struct b2c_mapping *mapping, const char *path);
/* Some of this could not be told. */
void b2c_user_lost(uint64_t nr);

/*
 * Tells all of this of every process from now on, as far as the kernel lets the tool: else
 * a process is known from when it is asked about.
 */
void b2c_user_watch(struct b2c_run *run);
/* Tells what has not been told yet. */
void b2c_user_watch_catch_up(void);

#endif
