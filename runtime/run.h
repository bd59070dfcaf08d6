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

#include "log.h"
#include "text.h"

struct b2c_output;
struct b2c_detach;

/* What --help and the parser need beside the tool's own options. */
struct b2c_settings {
	bool help;
	bool version;
	bool verbose;
	bool json;
	int32_t ready_fd;   /* -1: none */
	char btf[PATH_MAX]; /* "": the host's */
	uint32_t interval;  /* seconds; 0: not given */
	uint32_t count;	    /* intervals; 0: without end */
};

/* A row in the making; see print.h. */
struct b2c_row {
	struct b2c_run *run;
	const struct b2c_output *output; /* whose header belongs above; NULL: no header */
	const struct b2c_column *columns;
	size_t nr_columns;
	const char *name; /* "table" of JSON; NULL: without */
	size_t column;	  /* the next one */
	struct b2c_text line;
	struct b2c_text scratch;
	bool json;
	int err; /* first failure of writing a row */
};

/* One output that prints maps, or one kind of rows from events. */
struct b2c_output {
	struct bpf_map *map;
	struct bpf_map *traces; /* stacks: their frames */
	const void *config;	/* struct b2c_table, b2c_histogram or b2c_stacks */
	int (*print)(struct b2c_run *run, struct b2c_output *output); /* NULL: events */
	bool every_interval;
	struct b2c_row row;
	b2c_print_event_fn print_event;
	bool has_counter; /* the BPF program counts what is lost */
};

/* Something to wait for. */
struct b2c_source {
	int fd; /* becomes readable; not owned */
	void *handle;
	int (*consume)(struct b2c_run *run, void *handle); /* all that is there; 0 or -errno */
	void (*release)(void *handle);
};

/* What b2c_load() found out about a probe. */
struct b2c_choice {
	struct bpf_program *program;
	bool off;
	size_t target; /* the first that may exist */
};

/* An argument whose position the load finds out. */
struct b2c_argument {
	const char *program;
	const char *what;
	unsigned int *position;
};

#define B2C_MAX_COUNTERS 64

struct b2c_run {
	const struct b2c_tool *tool;
	struct b2c_settings settings;
	struct bpf_object_open_opts open_opts;
	char options_text[32]; /* of the kernel, for open_opts */
	struct bpf_object *object;  /* loaded, until b2c_trace() ends; not owned */
	struct b2c_choice *choices; /* one per probe of the tool */
	struct b2c_argument *arguments;
	size_t nr_arguments;
	int (*place_arguments)(struct b2c_run *run); /* NULL: there are none */
	struct bpf_link **links;
	size_t nr_links;
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
	const uint64_t *counters[B2C_MAX_COUNTERS];
	size_t nr_counters;
	uint64_t nr_lost;
	uint64_t nr_short; /* records smaller than their struct */
	int err;	   /* of a b2c_print_*() function, for b2c_trace() */
	bool stdout_closed;
};

/* ---- options.c, help.c ---- */

#define B2C_NR_BUILT_INS 6

/* The built-in options; values point into `settings`. */
void b2c_built_in_options(struct b2c_settings *settings,
			  struct b2c_option ret_options[B2C_NR_BUILT_INS]);
int b2c_options_parse(struct b2c_run *run, int argc, char **argv);
void b2c_print_help(const struct b2c_tool *tool, const struct b2c_option *built_ins);

/* ---- host.c: what this host allows; each prints its own message ---- */

int b2c_host_check(struct b2c_run *run);
/* What programs ask of the kernel's configuration, whose file not every host has. */
void b2c_host_options(char *text, size_t size);
bool b2c_host_is_locked_down(void);
const char *b2c_tracefs(void); /* NULL: not mounted */

/* ---- error.c ---- */

/* A line on stderr only under --verbose. */
void b2c_note(const struct b2c_run *run, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* "'a', 'b'" from a NULL-terminated list. */
void b2c_text_names(struct b2c_text *text, const char *const *names);

/* ---- load.c ---- */

/* Whether a probe's function must be known before the load, for b2c_find_argument(). */
bool b2c_has_arguments(const struct b2c_run *run, const struct b2c_probe *probe);
/* Copies global variables from kernels before 5.5, which cannot map them. */
void b2c_read_globals(struct b2c_run *run);

/* ---- attach.c, uprobe.c, usdt.c, perf_event.c ---- */

int b2c_attach_all(struct b2c_run *run);
/* At the probe's offset in a function, or where it returns. NULL and errno on failure. */
struct bpf_link *b2c_attach_kprobe(const struct bpf_program *program,
				   const struct b2c_probe *probe, const char *function);
/* Takes over the link, also on failure. */
int b2c_keep_link(struct b2c_run *run, struct bpf_link *link);
/* The process a probe is restricted to; 0: none. */
int b2c_probe_pid(const struct b2c_probe *probe);
/* The file a user probe is in, as the user named it; "" for none. */
const char *b2c_probe_binary(const struct b2c_probe *probe);
/* These print their own message, or under --verbose when the probe is optional. */
int b2c_attach_uprobe(struct b2c_run *run, const struct b2c_probe *probe,
		      struct bpf_program *program);
int b2c_attach_usdt(struct b2c_run *run, const struct b2c_probe *probe,
		    struct bpf_program *program);
int b2c_attach_perf_event(struct b2c_run *run, const struct b2c_probe *probe,
			  struct bpf_program *program);
/* b2c_error(), or b2c_note() for what is optional. Returns 0 if it is, else `err`. */
int b2c_probe_failed(const struct b2c_run *run, const struct b2c_probe *probe, int err,
		     const char *format, ...) __attribute__((format(printf, 4, 5)));

/* ---- perf_buffer.c ---- */

int b2c_add_perf(struct b2c_run *run, struct b2c_output *output);

/* ---- output.c ---- */

/* Adds an output and returns it; NULL when run->err is set, for want of memory or before. */
struct b2c_output *b2c_add_output(struct b2c_run *run, struct bpf_map *map);
/* The same for a map whose keys and values must have these sizes, else run->err is -EINVAL. */
struct b2c_output *b2c_add_map_output(struct b2c_run *run, struct bpf_map *map, size_t key_size,
				      size_t value_size);
/* Takes over the handle, also on failure. */
int b2c_add_source(struct b2c_run *run, const struct b2c_source *source);

int b2c_write(struct b2c_run *run, const char *data, size_t size);
int b2c_write_text(struct b2c_run *run, const struct b2c_text *text);
int b2c_flush(struct b2c_run *run);

/* ---- print.c ---- */

void b2c_row_init(struct b2c_row *row, struct b2c_run *run, const struct b2c_output *output,
		  const struct b2c_column *columns, size_t nr_columns);
void b2c_row_free(struct b2c_row *row);
int b2c_print_header(struct b2c_run *run, const struct b2c_row *row);

/* ---- loop.c ---- */

bool b2c_is_stopping(void);
void b2c_stop_on_signals(void);
void b2c_clock_start(void); /* values.c: seconds_since_start() counts from now */

#endif
