// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The state of one run of a tool, shared by the parts of the runtime and by
 * nobody else. Outputs and event sources register themselves with function
 * pointers, so that a static link leaves out the parts a tool does not use.
 */
#ifndef B2C_RUN_H
#define B2C_RUN_H

#include <bpf/libbpf.h>
#include <linux/limits.h>

#include <b2c/b2c.h>

#include "advice.h"
#include "counters.h"
#include "exec.h"
#include "log.h"
#include "outputs.h"
#include "preflight.h"
#include "probes.h"

struct b2c_detach;

/* What --help and the parser need beside the tool's own options. */
struct b2c_settings {
	bool help;
	bool version;
	bool verbose;
	bool json;
	bool check;
	bool fail_on_loss;
	struct b2c_words map_sizes; /* "NAME=N" */
	bool csv;
	int32_t ready_fd;   /* -1: none */
	char btf[PATH_MAX]; /* "": the host's */
	char **command;	    /* --exec and what follows it; NULL: not given */
	bool sudo_user;	    /* whose user it runs as */
	uint32_t interval;  /* seconds; 0: not given */
	uint32_t count;	    /* intervals; 0: without end */
	uint32_t duration;  /* seconds; 0: until a signal */
	int32_t prometheus; /* 0: not given; -1: to standard output; else the port */
};

struct b2c_run {
	const struct b2c_tool *tool;
	struct b2c_settings settings;
	struct bpf_object_open_opts open_opts;
	char options_text[32]; /* of the kernel, for open_opts */
	char btf_path[32];     /* BTF of the tool itself; "": none for this kernel */
	int btf_fd;	       /* of that */
	struct btf *member_btf; /* what facts of members are looked up in, until the load */
	struct b2c_command command; /* of --exec */
	struct bpf_object *object;  /* loaded, until b2c_trace() ends; not owned */
	struct b2c_choice *choices; /* one per probe of the tool */
	struct b2c_argument *arguments;
	size_t nr_arguments;
	int (*place_arguments)(struct b2c_run *run); /* NULL: there are none */
	struct b2c_trampolines *trampolines; /* NULL: none was asked for yet */
	struct bpf_link **links;
	size_t nr_links;
	struct b2c_text start_probes; /* of the start record */
	struct b2c_detach *detaches; /* what else is attached; attach_net.c */
	void (*detach_all)(struct b2c_run *run); /* NULL: nothing else */
	int *iterators; /* links of BPF iterators */
	size_t nr_iterators;
	int (*iterate)(struct b2c_run *run); /* prints what they give; NULL: there are none */
	struct b2c_output **outputs;
	size_t nr_outputs;
	struct b2c_source *sources;
	size_t nr_sources;
	const struct b2c_output *header_of; /* whose header was printed last */
	const struct b2c_row *csv_of;	    /* the same of CSV */
	const struct b2c_joiner *joiner; /* NULL: no table has joins */
	struct b2c_full *full;
	size_t nr_full;
	uint64_t kept_caps;  /* that parts of the tool go on to need, a bit each */
	bool attached;	     /* everything, once */
	bool detached;	     /* and no program runs any more */
	uint64_t nr_lost;    /* events */
	uint64_t nr_refused; /* elements that maps had no room for */
	uint64_t nr_short; /* records smaller than their struct */
	uint64_t nr_untaken; /* records that no output takes */
	bool gathers; /* some rows are of several records */
	uint64_t nr_dropped; /* of these, without their last record */
	uint64_t nr_incomplete; /* and without another one that they need */
	const struct b2c_symbolizer *users; /* NULL: no user symbols; symbols.h */
	int err;	   /* of a b2c_print_*() function, for b2c_trace() */
	bool stdout_closed;
	bool is_no_terminal;	/* standard output */
	size_t terminal_width;	/* 0: to be asked for */
};

/* ---- options.c, help.c ---- */

#define B2C_NR_BUILT_INS 14

/* The built-in options that mean something for the tool; returns how many. Values are settings. */
size_t b2c_built_in_options(struct b2c_run *run, struct b2c_option ret_options[B2C_NR_BUILT_INS]);
int b2c_options_parse(struct b2c_run *run, int argc, char **argv);
void b2c_print_help(const struct b2c_tool *tool, const struct b2c_option *built_ins,
		    size_t nr_built_ins);

/* ---- host.c: what this host allows; each prints its own message ---- */

int b2c_host_check(struct b2c_run *run);
/* The file with the kernel's BTF; -errno where it is not there, and where it should be. */
int b2c_host_btf(const struct b2c_run *run, char *ret_path, size_t size);
/* What programs ask of the kernel's configuration, whose file not every host has. */
void b2c_host_options(char *text, size_t size);
bool b2c_host_is_locked_down(void);
const char *b2c_tracefs(void); /* NULL: not mounted */

/* ---- privileges.c ---- */

/* For the time after attaching, see b2c_drop_privileges(). */
void b2c_keep_capability(struct b2c_run *run, int cap);
/* The same of what opening perf events needs. */
void b2c_keep_perf_events(struct b2c_run *run);
/* All capabilities but the kept ones are gone for good, and no program can give any back. */
void b2c_drop_privileges(struct b2c_run *run);

/* ---- error.c ---- */

/* A line on stderr only under --verbose. */
void b2c_note(const struct b2c_run *run, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* "'a', 'b'" from a NULL-terminated list. */
void b2c_text_names(struct b2c_text *text, const char *const *names);

/* ---- load.c ---- */

/* Whether a probe's function must be known before the load, for b2c_find_argument(). */
bool b2c_has_arguments(const struct b2c_run *run, const struct b2c_probe *probe);
/* Finds the program of a probe and asks its `when`. */
int b2c_find_program(struct b2c_run *run, struct bpf_object *object, size_t index);
/* Chooses among its targets, where that can be done before the load. */
int b2c_choose_target(struct b2c_run *run, size_t index);
/* "category:event", in tracefs. */
bool b2c_tracepoint_exists(const char *target);
/* Copies global variables from kernels before 5.5, which cannot map them. */
void b2c_read_globals(struct b2c_run *run);

/* ---- gather.c ---- */

/* Once something is there to be read: waits a moment for more where much comes. */
void b2c_gather(struct b2c_run *run);

/* ---- loop.c ---- */

bool b2c_is_stopping(void);
void b2c_stop_on_signals(void);
void b2c_stop(void); /* as a signal does */
void b2c_clock_start(void); /* values.c: seconds_since_start() counts from now */

#endif
