// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The runtime of tools emitted by bcc2core: the one header a tool includes.
 *
 * A tool describes itself with constant tables (options, probes, columns) and
 * its main is a straight line: b2c_start, open the skeleton, b2c_load, one
 * b2c_print_*() per output, b2c_trace, destroy the skeleton, b2c_finish.
 * Functions return 0 or -errno; when one fails, its message was already
 * written as one line on stderr and `goto out` is all there is to do.
 */
#ifndef B2C_B2C_H
#define B2C_B2C_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <b2c/attach.h>
#include <b2c/derived.h>
#include <b2c/events.h>
#include <b2c/exec.h>
#include <b2c/facts.h>
#include <b2c/fill.h>
#include <b2c/histogram.h>
#include <b2c/lines.h>
#include <b2c/options.h>
#include <b2c/parts.h>
#include <b2c/print.h>
#include <b2c/stacks.h>
#include <b2c/table.h>
#include <b2c/values.h>

/* Changes whenever a tool emitted before would no longer work with this header. */
#define B2C_ABI 3

#define B2C_REQUIRE_ABI(version) \
	_Static_assert((version) == B2C_ABI, "emitted for another version of the b2c runtime")

/* Number of elements of an array. */
#define B2C_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* What b2c_start() returns when all is done already: --help or --version. */
#define B2C_DONE 1

/* What --prometheus needs; tools that show no maps link without it. */
struct b2c_exporter;
extern const struct b2c_exporter b2c_prometheus;

struct bpf_object;
struct bpf_object_open_opts;
struct b2c_run;

/*
 * A map that is pinned: the one at the path is used if there is any, else the
 * tool's is put there. It stays when the tool ends.
 */
struct b2c_pin {
	const char *map;
	const char *path; /* in a BPF file system; a relative one from the working directory */
};

/* What a tool is. All of it is constant and must live as long as the run. */
struct b2c_tool {
	const char *name;
	const char *version; /* for --version */
	const char *summary; /* one sentence for --help */
	const struct b2c_option *options;
	size_t nr_options;
	const struct b2c_probe *probes;
	size_t nr_probes;
	const struct b2c_pin *pins;
	size_t nr_pins;
	const struct b2c_exec *exec; /* --exec: &b2c_exec_command; NULL: it is not there */
	void *exec_pid;		     /* B2C_OPTION_PID that the command sets; NULL: none */
	/* words behind the options, by position: "interval", "count", names of options */
	const char *arguments;
	bool counts_losses; /* has buffers, or counts what full maps refuse: --fail-on-loss */
	bool sizes_maps;    /* has maps whose size is a choice: --map */
	const char *rows; /* lines for --help, "MAP: key, key": what --json and --csv call things */
	const char *banner;	 /* line of text once everything is attached; NULL: none */
	void (*start)(struct b2c_lines *lines); /* the same as lines; NULL: none */
	void (*end)(struct b2c_lines *lines);	/* when all is printed */
	const struct b2c_exporter *prometheus; /* &b2c_prometheus; NULL: no such option */
	unsigned int perf_pages; /* pages of a perf buffer per CPU, a power of two; 0: 64 */
};

/*
 * Reads the command line into the options' variables and prepares the run:
 * help, version, privileges, the host's BTF, libbpf's log level, signals.
 * Returns 0, B2C_DONE or -errno. *ret_run is NULL or to be given to
 * b2c_finish() in every case.
 */
int b2c_start(const struct b2c_tool *tool, int argc, char **argv, struct b2c_run **ret_run);

/*
 * For a tool whose options choose among several programs: goes on as `variant`, whose
 * probes, pins and banner come in place of the tool's. Before anything else of the run.
 */
int b2c_take_variant(struct b2c_run *run, const struct b2c_tool *variant);

/* What SKELETON__open_opts() needs: --btf. Owned by the run. */
const struct bpf_object_open_opts *b2c_open_opts(struct b2c_run *run);

/* Reports that SKELETON__open*() returned NULL, from errno. Returns -errno. */
int b2c_fail_open(struct b2c_run *run);

/*
 * Has b2c_load() put into *position, a variable of the skeleton's read-only data,
 * where the function that `program` is attached to has a parameter. `what` is
 * "struct dentry *dentry" (by type and name, else the only one of the type),
 * "flags" (by name) or "return" (behind the last one). *position stays as it is when
 * the host's BTF does not know the function. Strings must live until b2c_load().
 */
void b2c_find_argument(struct b2c_run *run, const char *program, const char *what,
		       unsigned int *position);

/*
 * Set a variable of the skeleton's read-only data, before b2c_load(): the number of
 * possible CPUs, and the size of a page as a shift.
 */
void b2c_find_nr_cpus(struct b2c_run *run, int *nr_cpus);
void b2c_find_page_shift(struct b2c_run *run, int *shift);

/*
 * Chooses among the alternatives of every probe, switches off the programs
 * that have nowhere to go, and loads. Read-only data must be set before.
 */
int b2c_load(struct b2c_run *run, struct bpf_object *object);

/*
 * Attaches, says that it is ready, and prints the outputs until SIGINT,
 * SIGTERM, a closed stdout or the wanted count of intervals. What was attached
 * and mapped is released before it returns, so that the skeleton can go next.
 */
int b2c_trace(struct b2c_run *run);

/*
 * Reports lost events, frees the run (NULL is allowed) and returns the exit
 * status of the tool: 0 when `err` is 0 or B2C_DONE, else 1; with --exec that of the command
 * unless the tool failed.
 */
int b2c_finish(struct b2c_run *run, int err);

/*
 * For what a tool adds by hand: one line "NAME: ..." on stderr, and nothing else.
 */
void b2c_error(const struct b2c_run *run, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* --json, --verbose: for what a tool adds by hand. */
bool b2c_is_json(const struct b2c_run *run);
bool b2c_is_verbose(const struct b2c_run *run);

#endif
