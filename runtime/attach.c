// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Attaching: of the alternatives of a probe the first that works. The tool's
 * exit or b2c_trace() detaches.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "functions.h"
#include "run.h"

int b2c_keep_link(struct b2c_run *run, struct bpf_link *link)
{
	struct bpf_link **links = realloc(run->links, (run->nr_links + 1) * sizeof(*links));

	if (!links) {
		bpf_link__destroy(link);
		return -ENOMEM;
	}
	run->links = links;
	run->links[run->nr_links++] = link;
	return 0;
}

int b2c_probe_pid(const struct b2c_probe *probe)
{
	if (probe->pid)
		return probe->pid();
	return probe->pid_option ? *(const int32_t *)probe->pid_option : 0;
}

struct bpf_link *b2c_attach_kprobe(struct b2c_run *run, const struct bpf_program *program,
				   const struct b2c_probe *probe, const char *function)
{
	LIBBPF_OPTS(bpf_kprobe_opts, opts, .retprobe = probe->kind == B2C_KRETPROBE,
		    .offset = probe->offset);

	if (probe->link)
		return probe->link(run, probe, program, function);
	return bpf_program__attach_kprobe_opts(program, function, &opts);
}

static struct bpf_link *attach_ksyscall(const struct bpf_program *program, const char *name,
					bool at_return)
{
	LIBBPF_OPTS(bpf_ksyscall_opts, opts, .retprobe = at_return);

	return bpf_program__attach_ksyscall(program, name, &opts);
}

struct bpf_link *b2c_attach_tracepoint(const struct bpf_program *program, const char *target)
{
	size_t n = strcspn(target, ":");
	struct bpf_link *link;
	char *category;

	if (!target[n]) {
		errno = EINVAL;
		return NULL;
	}
	category = strndup(target, n);
	if (!category)
		return NULL;
	link = bpf_program__attach_tracepoint(program, category, target + n + 1);
	free(category);
	return link;
}

/* NULL and errno when it cannot be attached there. */
static struct bpf_link *attach_target(struct b2c_run *run, const struct bpf_program *program,
				      const struct b2c_probe *probe, const char *target)
{
	enum b2c_probe_kind kind = probe->kind;

	if (bpf_program__type(program) == BPF_PROG_TYPE_TRACING)
		return bpf_program__attach_trace(program);
	switch (kind) {
	case B2C_KPROBE:
	case B2C_KRETPROBE:
		return b2c_attach_kprobe(run, program, probe, target);
	case B2C_KSYSCALL:
	case B2C_KRETSYSCALL:
		return attach_ksyscall(program, target, kind == B2C_KRETSYSCALL);
	case B2C_TRACEPOINT:
		return b2c_attach_tracepoint(program, target);
	case B2C_RAW_TRACEPOINT:
		return bpf_program__attach_raw_tracepoint(program, target);
	default:
		errno = EINVAL;
		return NULL;
	}
}

/* Says what became of the alternatives, the last of which failed with `err`. */
static int no_target_worked(const struct b2c_run *run, const struct b2c_probe *probe, int err)
{
	struct b2c_text names = { 0 };
	bool several = probe->targets[0] && probe->targets[1];
	const char *reason = b2c_reason(B2C_STEP_ATTACH, err);
	char at[80];

	snprintf(at, sizeof(at), "no instruction that can be probed starts at +0x%llx",
		 (unsigned long long)probe->offset);
	if (probe->offset && (err == -EILSEQ || err == -EINVAL))
		reason = at;
	else if (err == -ENOENT || err == -EINVAL)
		reason = several ? "this kernel has none that can be probed"
				 : "this kernel does not have it, or not so that it can be probed";
	b2c_text_names(&names, probe->targets);
	err = b2c_probe_failed(run, probe, err, "cannot attach program '%s' to %s%s%s %s: %s",
			       probe->program, several ? "any " : "", b2c_kind_word(probe->kind),
			       several ? " of" : "", b2c_text_string(&names), reason);
	b2c_text_free(&names);
	return err;
}

/* Errors that say that there is no such function, or none to be probed. */
static bool is_no_function(int err)
{
	return err == -ENOENT || err == -EINVAL || err == -EADDRNOTAVAIL;
}

static int attach_alternatives(struct b2c_run *run, const struct b2c_probe *probe,
			       const struct b2c_choice *choice)
{
	bool is_bound = bpf_program__type(choice->program) == BPF_PROG_TYPE_TRACING ||
			b2c_has_arguments(run, probe);
	int err = -ENOENT;
	size_t i;

	for (i = choice->target; probe->targets[i]; i++) {
		struct bpf_link *link =
			attach_target(run, choice->program, probe, probe->targets[i]);

		if (link) {
			b2c_tell_attached(run, probe,
					  &(struct b2c_attached){ .target = probe->targets[i] });
			return b2c_keep_link(run, link);
		}
		err = -errno;
		if (is_bound)
			break;
	}
	/* an offset is one of the function itself, not of its copies */
	if (!is_bound && is_no_function(err) && !probe->offset &&
	    (probe->kind == B2C_KPROBE || probe->kind == B2C_KRETPROBE)) {
		size_t nr = run->nr_links;
		int failed = b2c_attach_copies(run, probe, choice->program);

		if (failed || run->nr_links > nr)
			return failed;
	}
	return no_target_worked(run, probe, err);
}

static int attach(struct b2c_run *run, size_t index)
{
	const struct b2c_probe *probe = &run->tool->probes[index];
	const struct b2c_choice *choice = &run->choices[index];

	if (probe->attach)
		return probe->attach(run, probe, choice->program);
	if (probe->trampoline)
		return probe->trampoline->attach(run, probe, choice->program);
	if (probe->pattern)
		return probe->pattern->attach(run, probe, choice->program);
	switch (probe->kind) {
	case B2C_UPROBE:
	case B2C_URETPROBE:
		return b2c_attach_uprobe(run, probe, choice->program);
	case B2C_USDT:
		return b2c_attach_usdt(run, probe, choice->program);
	default:
		return attach_alternatives(run, probe, choice);
	}
}

int b2c_attach_all(struct b2c_run *run)
{
	size_t i;
	int err = 0;

	for (i = 0; i < run->tool->nr_probes && !err; i++)
		if (!run->choices[i].off)
			err = attach(run, i);
	if (!err && run->tool->nr_probes && !run->nr_links && !run->detaches) {
		b2c_error(run, "nothing could be attached");
		return -ENOENT;
	}
	return err;
}
