// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * kprobes and kretprobes by pattern. Where the kernel has kprobe_multi (Linux 5.18, where it
 * is built with fprobes) they are one link.
 */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "match.h"

#define BLACKLIST "/sys/kernel/debug/kprobes/blacklist"

static int find_functions(const struct b2c_probe *probe, struct b2c_functions *functions)
{
	regex_t regex;
	int err = b2c_pattern_compile(probe, &regex);

	if (err)
		return err;
	err = b2c_functions_of_host(b2c_name_matches, &regex, functions);
	regfree(&regex);
	return err;
}

static int count_functions(const struct b2c_probe *probe)
{
	struct b2c_functions functions = { 0 };
	int err = find_functions(probe, &functions), nr = (int)functions.nr;

	b2c_functions_free(&functions);
	return err ? err : nr;
}

/* Tries a link on a function that the kernel has for tests. */
static bool kernel_has_multi(void)
{
	static const struct bpf_insn nothing[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	LIBBPF_OPTS(bpf_prog_load_opts, load, .expected_attach_type = B2C_TRACE_KPROBE_MULTI);
	const char *symbol = "bpf_fentry_test1";
	LIBBPF_OPTS(bpf_link_create_opts, create, .kprobe_multi.cnt = 1,
		    .kprobe_multi.syms = &symbol);
	int program = bpf_prog_load(BPF_PROG_TYPE_KPROBE, "b2c_try", "GPL", nothing,
				    B2C_SIZE(nothing), &load);
	int link;

	if (program < 0)
		return false;
	link = bpf_link_create(program, 0, B2C_TRACE_KPROBE_MULTI, &create);
	close(program);
	if (link < 0)
		return false;
	close(link);
	return true;
}

/* Only what ftrace lists can be in a link for many. */
static bool ftrace_lists_functions(void)
{
	const char *tracefs = b2c_tracefs();
	char path[128];

	snprintf(path, sizeof(path), "%s/available_filter_functions", tracefs ? tracefs : "");
	return tracefs && access(path, R_OK) == 0;
}

static void prepare(struct b2c_run *run, size_t index)
{
	struct bpf_program *program = run->choices[index].program;

	if (bpf_program__expected_attach_type(program) == B2C_TRACE_KPROBE_MULTI ||
	    !b2c_can_be_multi(run, index) || !ftrace_lists_functions() || !kernel_has_multi())
		return;
	bpf_program__set_expected_attach_type(program, B2C_TRACE_KPROBE_MULTI);
}

static int name_compare(const void *name, const void *item)
{
	return strcmp(name, *(char *const *)item);
}

static void drop(struct b2c_functions *functions, char **name)
{
	size_t behind = functions->nr - (size_t)(name - functions->names) - 1;

	free(*name);
	memmove(name, name + 1, behind * sizeof(*name));
	functions->nr--;
}

/* Drops what may have no kprobe, for a link for many has no such scruples. Returns how many. */
static size_t drop_barred(struct b2c_functions *functions)
{
	FILE *f = fopen(BLACKLIST, "re");
	char *line = NULL, *name, **found;
	size_t room = 0, nr = functions->nr;

	while (f && functions->nr && getline(&line, &room, f) > 0) {
		name = strrchr(line, '\t');
		if (!name)
			continue;
		name[strcspn(name, "\n")] = '\0';
		found = bsearch(name + 1, functions->names, functions->nr, sizeof(*found),
				name_compare);
		if (found)
			drop(functions, found);
	}
	free(line);
	if (f)
		fclose(f);
	return nr - functions->nr;
}

static int attach_names(struct b2c_run *run, const struct b2c_matches *matches, size_t from,
			size_t nr)
{
	LIBBPF_OPTS(bpf_kprobe_multi_opts, opts,
		    .syms = (const char **)matches->names.names + from, .cnt = nr,
		    .retprobe = matches->probe->kind == B2C_KRETPROBE);
	struct bpf_link *link;

	link = matches->way
		       ? bpf_program__attach_kprobe_multi_opts(matches->program, NULL, &opts)
		       : b2c_attach_kprobe(run, matches->program, matches->probe,
					   matches->names.names[from]);
	return link ? b2c_keep_link(run, link) : -errno;
}

static int attach_functions(struct b2c_run *run, const struct b2c_probe *probe,
			    struct bpf_program *program)
{
	struct b2c_matches matches = {
		.probe = probe,
		.program = program,
		.attach = attach_names,
	};
	int err = find_functions(probe, &matches.names);

	if (bpf_program__expected_attach_type(program) == B2C_TRACE_KPROBE_MULTI) {
		matches.way = "kprobe_multi";
		matches.nr_refused = drop_barred(&matches.names);
	}
	if (err)
		b2c_error(run, "cannot look for functions that match '%s': %s", probe->match,
			  strerror(-err));
	else
		err = b2c_attach_matches(run, &matches);
	b2c_matches_free(&matches);
	return err;
}

const struct b2c_pattern b2c_pattern_of_functions = {
	.noun = "function",
	.count = count_functions,
	.prepare = prepare,
	.attach = attach_functions,
};
