// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What to do when the kernel refuses something: by the words of a verifier's log, and by
 * the error, the step and the host. Both are tables; the first row that fits is taken.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "run.h"

static const struct {
	const char *words;
	const char *advice;
} log_rules[] = {
	{ "invalid mem access 'map_value_or_null'",
	  "compare what a lookup gives with NULL before using it" },
	{ "invalid mem access 'mem_or_null'",
	  "compare what ringbuf_reserve gives with NULL before using it" },
	{ "invalid mem access 'inv'",
	  "read memory behind a number with bpf_probe_read_kernel() or bpf_probe_read_user()" },
	{ "invalid mem access 'scalar'",
	  "read memory behind a number with bpf_probe_read_kernel() or bpf_probe_read_user()" },
	{ "invalid mem access", "check or convert the pointer before using it" },
	{ "GPL-restricted function from non-GPL",
	  "the helper is for programs under the GPL: declare BPF_LICENSE(GPL)" },
	{ "GPL compatible license", "declare BPF_LICENSE(GPL)" },
	{ "unbounded memory access",
	  "limit the index just before its use, with a comparison or a mask" },
	{ "min value is negative",
	  "limit the index or size just before its use: make it unsigned, or mask it" },
	{ "min value is outside of the",
	  "limit the index just before its use, with a comparison or a mask" },
	{ "max value is outside of the",
	  "limit the index just before its use, with a comparison or a mask" },
	{ "invalid access to map value", "limit the index or size to that of the map's value" },
	{ "invalid access to packet", "compare with data_end before reading the packet" },
	{ "unbounded min value is not allowed",
	  "limit the number that is added to the pointer, with a comparison or a mask" },
	{ "infinite loop detected", "give the loop a bound that is a constant" },
	{ "back-edge from insn", "unroll the loop: this kernel takes none" },
	{ "jumps is too complex",
	  "it has too many ways to check: fewer branches in loops, or fewer turns" },
	{ "BPF program is too large",
	  "it has too many ways to check: fewer branches in loops, or fewer turns" },
	{ "Unreleased reference",
	  "submit or discard what ringbuf_reserve gave, and release sockets, on every way out" },
	{ "combined stack size", "put large variables into a map instead of on the stack" },
	{ "invalid indirect read from stack",
	  "set every byte of the variable, padding too, before giving it away" },
	{ "invalid read from stack", "set the variable before it is read" },
	{ "invalid bpf_context access",
	  "this kernel's context has no such member for this type of program" },
	{ "is not a function", "attach it to a function that this kernel has" },
	{ " expected=", "give the helper a pointer of the kind that it takes" },
};

bool b2c_has_cap(uint64_t caps, int cap)
{
	return caps >> cap & 1;
}

/* The last line with `words`, where the verifier gives its reason. */
static const char *last_line(const char *log, const char *words, size_t *ret_size)
{
	const char *hit = NULL, *next = log, *start;

	while ((next = strstr(next, words))) {
		hit = next;
		next += strlen(words);
	}
	if (!hit)
		return NULL;
	for (start = hit; start > log && start[-1] != '\n'; start--)
		;
	*ret_size = strcspn(start, "\n");
	return start;
}

const char *b2c_advice_on_log(const char *log, char *line, size_t size)
{
	const char *start;
	size_t i, n = 0;

	line[0] = '\0';
	for (i = 0; i < B2C_SIZE(log_rules); i++) {
		start = last_line(log, log_rules[i].words, &n);
		if (!start)
			continue;
		snprintf(line, size, "%.*s", (int)n, start);
		return log_rules[i].advice;
	}
	return NULL;
}

/* ---- errors ---- */

static bool lacks_caps(const struct b2c_host *host)
{
	return !b2c_has_cap(host->caps, B2C_CAP_SYS_ADMIN) &&
	       !(b2c_has_cap(host->caps, B2C_CAP_BPF) && b2c_has_cap(host->caps, B2C_CAP_PERFMON));
}

static bool lacks_perfmon(const struct b2c_host *host)
{
	return host->perf_paranoid >= 0 && !b2c_has_cap(host->caps, B2C_CAP_SYS_ADMIN) &&
	       !b2c_has_cap(host->caps, B2C_CAP_PERFMON);
}

/* Debian's and Ubuntu's kernels have a level that other kernels take for the one below. */
static bool forbids_perf(const struct b2c_host *host)
{
	return host->perf_paranoid > 2 && !b2c_has_cap(host->caps, B2C_CAP_SYS_ADMIN);
}

static bool lacks_net_admin(const struct b2c_host *host)
{
	return !b2c_has_cap(host->caps, B2C_CAP_SYS_ADMIN) &&
	       !b2c_has_cap(host->caps, B2C_CAP_NET_ADMIN);
}

static bool is_locked_down(const struct b2c_host *host)
{
	return host->locked_down;
}

static bool is_filtered(const struct b2c_host *host)
{
	return host->seccomp;
}

static bool limits_memlock(const struct b2c_host *host)
{
	return host->limits_memlock;
}

#define ANY (1U << B2C_STEP_PROGRAM | 1U << B2C_STEP_MAP | 1U << B2C_STEP_ATTACH)
#define PROGRAM (1U << B2C_STEP_PROGRAM)
#define MAP (1U << B2C_STEP_MAP)
#define ATTACH (1U << B2C_STEP_ATTACH)

static const struct {
	int error;
	unsigned int steps;
	bool (*is_so)(const struct b2c_host *host); /* NULL: always */
	const char *advice;
} error_rules[] = {
	{ EPERM, ANY, lacks_caps, "run it as root, or with CAP_BPF and CAP_PERFMON" },
	{ EPERM, ANY, is_locked_down,
	  "the kernel is locked down (/sys/kernel/security/lockdown): boot it without "
	  "lockdown=confidentiality" },
	{ EPERM, MAP, limits_memlock, "raise the limit of locked memory: ulimit -l unlimited" },
	{ EPERM, ANY, is_filtered,
	  "a seccomp filter may forbid it: let the container use bpf() and perf_event_open()" },
	{ EPERM, PROGRAM | ATTACH, lacks_net_admin, "programs of the network need CAP_NET_ADMIN" },
	{ EPERM, ANY, NULL, "a security module may forbid it: see the kernel's log" },
	{ EACCES, ATTACH, forbids_perf,
	  "this kernel leaves perf events to CAP_SYS_ADMIN: sysctl kernel.perf_event_paranoid=2" },
	{ EACCES, ATTACH, lacks_perfmon,
	  "give it CAP_PERFMON, or allow all: sysctl kernel.perf_event_paranoid=-1" },
	{ EACCES, ATTACH, NULL, "a security module may forbid it: see the kernel's log" },
	{ E2BIG, PROGRAM, NULL, "it has more instructions than this kernel takes" },
	{ E2BIG, MAP, NULL, "make it smaller: --map NAME=N" },
	{ ENOMEM, ANY, NULL,
	  "free memory, raise the limit of the cgroup, or make maps smaller: --map NAME=N" },
	{ EBUSY, ATTACH, NULL, "something else has this place: detach that first" },
	{ EEXIST, ATTACH, NULL, "something else has this place: detach that first" },
	{ EMFILE, ANY, NULL, "allow it more open files: ulimit -n" },
	{ ENFILE, ANY, NULL, "the host has too many open files" },
	{ ENOSYS, ANY, NULL, "this kernel is built without it" },
	{ ENOSPC, ATTACH, NULL, "the hardware has no counter left: stop other users of perf" },
};

const char *b2c_advice_on_error(const struct b2c_host *host, enum b2c_step step, int err)
{
	size_t i;

	for (i = 0; i < B2C_SIZE(error_rules); i++)
		if (error_rules[i].error == -err && error_rules[i].steps >> step & 1 &&
		    (!error_rules[i].is_so || error_rules[i].is_so(host)))
			return error_rules[i].advice;
	return NULL;
}

const char *b2c_reason(enum b2c_step step, int err)
{
	static char text[320];
	struct b2c_host host;
	const char *advice;

	b2c_host_read(&host);
	advice = b2c_advice_on_error(&host, step, err);
	if (!advice)
		return b2c_strerror(err);
	snprintf(text, sizeof(text), "%s; %s", b2c_strerror(err), advice);
	return text;
}
