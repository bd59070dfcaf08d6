// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The beginning and the end of a run; see b2c.h. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "btf.h"
#include "run.h"
#include "symbols.h"

static int start(struct b2c_run *run, int argc, char **argv)
{
	struct b2c_option built_ins[B2C_NR_BUILT_INS];
	size_t nr_built_ins;
	int err = b2c_options_parse(run, argc, argv);

	if (err)
		return err;
	nr_built_ins = b2c_built_in_options(run, built_ins);
	if (run->settings.help)
		b2c_print_help(run->tool, built_ins, nr_built_ins);
	else if (run->settings.version)
		printf("%s %s\n", run->tool->name, run->tool->version ? run->tool->version : "");
	if (run->settings.help || run->settings.version)
		return b2c_flush(run) ? -EIO : B2C_DONE;
	b2c_log_start(run->settings.verbose);
	b2c_btf_choose(run);
	err = run->settings.check ? 0 : b2c_host_check(run);
	if (!err && run->settings.command && !run->settings.check)
		err = run->tool->exec->start(run);
	return err;
}

int b2c_start(const struct b2c_tool *tool, int argc, char **argv, struct b2c_run **ret_run)
{
	struct b2c_run *run = calloc(1, sizeof(*run));

	*ret_run = run;
	if (!run) {
		fprintf(stderr, "%s: out of memory\n", tool->name);
		return -ENOMEM;
	}
	run->tool = tool;
	run->settings.ready_fd = -1;
	run->open_opts.sz = sizeof(run->open_opts);
	/* a reader that goes away shows as EPIPE; see output.c */
	signal(SIGPIPE, SIG_IGN);
	setvbuf(stdout, NULL, _IOFBF, 64 * 1024);
	run->choices = calloc(tool->nr_probes + 1, sizeof(*run->choices));
	if (!run->choices) {
		b2c_error(run, "out of memory");
		return -ENOMEM;
	}
	return start(run, argc, argv);
}

/* How the tool has its trampolines; NULL: it has none. */
static const struct b2c_trampoline *trampoline_of(const struct b2c_run *run)
{
	size_t i;

	for (i = 0; i < run->tool->nr_probes; i++)
		if (run->tool->probes[i].trampoline)
			return run->tool->probes[i].trampoline;
	return NULL;
}

const struct bpf_object_open_opts *b2c_open_opts(struct b2c_run *run)
{
	const struct b2c_trampoline *trampoline = trampoline_of(run);

	if (trampoline)
		trampoline->prepare(run);
	b2c_host_options(run->options_text, sizeof(run->options_text));
	run->open_opts.kconfig = run->options_text;
	if (run->settings.btf[0])
		run->open_opts.btf_custom_path = run->settings.btf;
	else if (run->btf_path[0])
		run->open_opts.btf_custom_path = run->btf_path;
	return &run->open_opts;
}

int b2c_fail_open(struct b2c_run *run)
{
	int err = errno ? -errno : -EINVAL;

	b2c_error(run, "cannot open its BPF object: %s%s%s", strerror(-err),
		  *b2c_log_last_warning() ? ": " : "", b2c_log_last_warning());
	return err;
}

bool b2c_is_json(const struct b2c_run *run)
{
	return run->settings.json;
}

bool b2c_is_verbose(const struct b2c_run *run)
{
	return run->settings.verbose;
}

static void free_run(struct b2c_run *run)
{
	size_t i;

	if (run->trampolines)
		trampoline_of(run)->release(run);
	b2c_btf_release(run);
	for (i = 0; i < run->nr_outputs; i++) {
		b2c_row_free(&run->outputs[i]->row);
		if (run->outputs[i]->free_parts)
			run->outputs[i]->free_parts(run->outputs[i]->parts);
		free(run->outputs[i]);
	}
	free(run->outputs);
	free(run->sources);
	free(run->full);
	free(run->links);
	b2c_text_free(&run->start_probes);
	free(run->iterators);
	free(run->arguments);
	free(run->choices);
	free(run->settings.map_sizes.words);
	free(run);
}

int b2c_finish(struct b2c_run *run, int err)
{
	int status;

	if (!run)
		return err == 0 || err == B2C_DONE ? 0 : 1;
	if (b2c_flush(run) && !err && !run->stdout_closed)
		err = -EIO;
	if (!err && run->settings.fail_on_loss && (run->nr_lost || run->nr_refused))
		err = -ENOBUFS;
	status = err == 0 || err == B2C_DONE ? 0 : 1;
	if (run->command.pid)
		status = run->tool->exec->finish(run, status);
	if (run->users)
		run->users->report(run);
	free_run(run);
	return status;
}
