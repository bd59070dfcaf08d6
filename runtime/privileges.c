// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Giving up privileges: once everything is attached, a tool reads buffers and maps that it
 * holds already. What it goes on to need stays, and nothing can give it more again.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/capability.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "run.h"

/* Linked into tools that name it; those look into the files of other processes. */
extern const struct b2c_symbolizer b2c_user_symbols __attribute__((weak));

void b2c_keep_capability(struct b2c_run *run, int cap)
{
	run->kept_caps |= 1ULL << cap;
}

void b2c_keep_perf_events(struct b2c_run *run)
{
	struct b2c_text level = { 0 };

	b2c_keep_capability(run, B2C_CAP_PERFMON);
	b2c_keep_capability(run, B2C_CAP_BPF);
	/* Debian's and Ubuntu's highest level leaves events to CAP_SYS_ADMIN alone */
	if (!b2c_text_read_file(&level, "/proc/sys/kernel/perf_event_paranoid") &&
	    strtol(b2c_text_string(&level), NULL, 10) > 2)
		b2c_keep_capability(run, CAP_SYS_ADMIN);
	b2c_text_free(&level);
}

/* Whether the frames of stacks are read for rows of events. */
static bool has_stacks(const struct b2c_row *row)
{
	size_t i;

	for (i = 0; i < row->nr_columns; i++)
		if (row->columns[i].below)
			return true;
	return false;
}

static bool asks_for_maps(const struct b2c_run *run)
{
	size_t i;

	for (i = 0; i < run->nr_outputs; i++)
		if (run->outputs[i]->print || has_stacks(&run->outputs[i]->row))
			return true;
	return run->iterate != NULL;
}

static uint64_t needed_caps(const struct b2c_run *run)
{
	uint64_t needed = run->kept_caps | 1ULL << CAP_SYSLOG; /* addresses in /proc/kallsyms */

	/* kernel.unprivileged_bpf_disabled is about all of bpf(2) before Linux 5.19 */
	if (asks_for_maps(run) || run->detaches)
		needed |= 1ULL << B2C_CAP_BPF;
	if (run->detaches)
		needed |= 1ULL << CAP_NET_ADMIN;
	if (run->settings.sudo_user)
		needed |= 1ULL << CAP_KILL;
	if (&b2c_user_symbols)
		needed |= 1ULL << CAP_SYS_PTRACE | 1ULL << CAP_DAC_READ_SEARCH |
			  1ULL << B2C_CAP_CHECKPOINT_RESTORE; /* /proc/PID/map_files */
	/* before Linux 5.8 there is no CAP_BPF */
	if (needed >> B2C_CAP_BPF & 1 && prctl(PR_CAPBSET_READ, B2C_CAP_BPF, 0, 0, 0) < 0)
		needed |= 1ULL << CAP_SYS_ADMIN;
	return needed;
}

void b2c_drop_privileges(struct b2c_run *run)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct caps[_LINUX_CAPABILITY_U32S_3] = { { 0 } };
	uint64_t needed = needed_caps(run);
	size_t i;

	if (syscall(__NR_capget, &header, caps))
		goto failed;
	for (i = 0; i < B2C_SIZE(caps); i++) {
		caps[i].permitted &= (uint32_t)(needed >> 32 * i);
		caps[i].effective &= caps[i].permitted;
		caps[i].inheritable = 0;
	}
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || syscall(__NR_capset, &header, caps))
		goto failed;
	b2c_note(run, "keeps of its capabilities 0x%llx",
		 (unsigned long long)caps[1].permitted << 32 | caps[0].permitted);
	return;
failed:
	b2c_note(run, "cannot give up capabilities: %s", strerror(errno));
}
