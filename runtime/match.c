// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Probes by pattern: one in each place that matches, or one for all where the kernel has such
 * links. Of the places it may refuse some, as it does with its own exception handlers; the
 * program is attached to the rest.
 */
#define _GNU_SOURCE
#include "match.h"

#include <errno.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* As bcc has it: probes of one tool. The kernel takes its time for each. */
#define MAX_PROBES 1000

/* Places after which a line on the terminal says how far it is. */
#define PROGRESS_STEP 32

bool b2c_name_matches(const char *name, const void *regex)
{
	regmatch_t where;

	return !regexec(regex, name, 1, &where, 0) && where.rm_so == 0;
}

int b2c_pattern_compile(const struct b2c_probe *probe, regex_t *ret_regex)
{
	return regcomp(ret_regex, probe->match, REG_EXTENDED) ? -EINVAL : 0;
}

void b2c_matches_free(struct b2c_matches *matches)
{
	b2c_functions_free(&matches->names);
	free(matches->offsets);
}

/* Whether the kernel's answer is about the place, not about the program or the host. */
static bool is_refusal(int err)
{
	return err == -ENOENT || err == -EINVAL || err == -EADDRNOTAVAIL || err == -EILSEQ ||
	       err == -EBUSY || err == -ESRCH || err == -ENOTSUP || err == -B2C_ENOTSUPP;
}

/* A probe may need two files, and a thousand probes more than a process has by default. */
static void allow_files(size_t nr)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur >= 2 * nr + 256)
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

/* A line that the next one overwrites, for who waits at a terminal; at the end none. */
static void show_progress(const struct b2c_run *run, const struct b2c_matches *matches, size_t done)
{
	size_t nr = matches->names.nr;

	if (nr < PROGRESS_STEP || done % PROGRESS_STEP || !isatty(STDERR_FILENO))
		return;
	if (done)
		fprintf(stderr, "\r%s: attaching to %zu of %zu %ss", run->tool->name, done, nr,
			matches->probe->pattern->noun);
	fflush(stderr);
}

static void end_progress(const struct b2c_matches *matches)
{
	if (matches->names.nr < PROGRESS_STEP || !isatty(STDERR_FILENO))
		return;
	fputs("\r\033[K", stderr);
	fflush(stderr);
}

static int cannot_attach(const struct b2c_run *run, const struct b2c_matches *matches,
			 size_t index, int err)
{
	b2c_error(run, "cannot attach program '%s' to '%s': %s", matches->probe->program,
		  matches->names.names[index],
		  b2c_reason(B2C_STEP_ATTACH, err));
	return err;
}

static int attach_one_by_one(struct b2c_run *run, struct b2c_matches *matches)
{
	size_t i;
	int err = 0;

	allow_files(run->nr_links + matches->names.nr);
	for (i = 0; i < matches->names.nr && !b2c_is_stopping(); i++) {
		show_progress(run, matches, i);
		err = matches->attach(run, matches, i, 1);
		if (err && !is_refusal(err)) {
			end_progress(matches);
			return cannot_attach(run, matches, i, err);
		}
		matches->nr_refused += err != 0;
	}
	end_progress(matches);
	return 0;
}

/* The kernel takes all or none: of what it does not take each half is tried. */
static int attach_at_once(struct b2c_run *run, struct b2c_matches *matches, size_t from, size_t nr)
{
	int err = nr ? matches->attach(run, matches, from, nr) : 0;

	if (!err)
		return 0;
	if (!is_refusal(err))
		return cannot_attach(run, matches, from, err);
	if (nr == 1) {
		matches->nr_refused++;
		return 0;
	}
	err = attach_at_once(run, matches, from, nr / 2);
	return err ? err : attach_at_once(run, matches, from + nr / 2, nr - nr / 2);
}

static int attach_found(struct b2c_run *run, struct b2c_matches *matches)
{
	const struct b2c_probe *probe = matches->probe;
	size_t nr = matches->names.nr, nr_barred = matches->nr_refused;
	int err = matches->way ? attach_at_once(run, matches, 0, nr)
			       : attach_one_by_one(run, matches);

	if (err)
		return err;
	if (matches->nr_refused == nr + nr_barred)
		return b2c_probe_failed(run, probe, -ENOENT,
					"program '%s': this kernel lets no %s that matches '%s' be "
					"probed; tried: %zu",
					probe->program, matches->probe->pattern->noun, probe->match,
					matches->nr_refused);
	b2c_tell_attached(run, probe, &(struct b2c_attached){
		.target = probe->match,
		.nr = nr + nr_barred - matches->nr_refused,
		.nr_refused = matches->nr_refused,
		.way = matches->way ? matches->way : "one by one",
	});
	return 0;
}

int b2c_attach_matches(struct b2c_run *run, struct b2c_matches *matches)
{
	const struct b2c_probe *probe = matches->probe;
	const char *noun = probe->pattern->noun;
	size_t nr = matches->names.nr;

	if (!nr && !matches->nr_refused)
		return b2c_probe_failed(run, probe, -ENOENT,
					"program '%s': this %s has no %s that matches '%s'",
					probe->program, *matches->path ? "file" : "kernel",
					noun, probe->match);
	if (!matches->way && run->nr_links + nr > MAX_PROBES)
		return b2c_probe_failed(run, probe, -E2BIG,
					"program '%s': %zu %ss match '%s': a tool has up to %d "
					"probes that are attached one by one",
					probe->program, nr, noun, probe->match, MAX_PROBES);
	return attach_found(run, matches);
}

static bool has_tail_calls(const struct bpf_program *program)
{
	const struct bpf_insn *insns = bpf_program__insns(program);
	size_t i;

	for (i = 0; i < bpf_program__insn_cnt(program); i++)
		if (insns[i].code == (BPF_JMP | BPF_CALL) && !insns[i].src_reg &&
		    insns[i].imm == BPF_FUNC_tail_call)
			return true;
	return false;
}

bool b2c_can_be_multi(const struct b2c_run *run, size_t index)
{
	const struct b2c_probe *probes = run->tool->probes;
	size_t i;

	for (i = 0; i < run->tool->nr_probes; i++)
		if (run->choices[i].program == run->choices[index].program &&
		    !run->choices[i].off && probes[i].pattern != probes[index].pattern)
			return false;
	return !has_tail_calls(run->choices[index].program);
}

int b2c_link_create(const void *attr, size_t size)
{
	long fd = syscall(SYS_bpf, BPF_LINK_CREATE, attr, size);

	return fd < 0 ? -errno : (int)fd;
}
