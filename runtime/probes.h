// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * How a run attaches its probes. Part of run.h.
 */
#ifndef B2C_PROBES_H
#define B2C_PROBES_H

#include <bpf/libbpf.h>

#include <b2c/b2c.h>

struct b2c_text;

/* The kernel's own ENOTSUPP, which libc does not know. */
#define B2C_ENOTSUPP 524

/* How places by pattern are found and attached; match*.c. */
struct b2c_pattern {
	const char *noun; /* "function" */
	/* Before the load: how many match; -errno if they can't be listed. */
	int (*count)(const struct b2c_probe *probe);
	/* Before the load: has the program loaded for all places at once, where that can be. */
	void (*prepare)(struct b2c_run *run, size_t index);
	b2c_attach_fn attach;
};

/* How programs of trampolines stand for kprobes; trampoline.c. */
struct b2c_trampoline {
	/* Before the object is opened, for all rows. */
	void (*prepare)(struct b2c_run *run);
	/* Before the load: whether the host has it; chooses the target. */
	bool (*has)(struct b2c_run *run, size_t index);
	/* Of what it has: arguments of the function. */
	unsigned int (*nr_arguments)(const struct b2c_run *run, size_t index);
	b2c_attach_fn attach;
	void (*release)(struct b2c_run *run);
};

/* What became of a probe. */
struct b2c_attached {
	const char *target; /* "vfs_read", "/bin/bash:readline", "cpu-clock" */
	size_t nr;	    /* by pattern: places, */
	size_t nr_refused;  /* those of which the kernel would have none, */
	const char *way;    /* and how: "kprobe_multi"; NULL: no pattern */
	const char *remark; /* for -v; or NULL */
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

/* ---- choice.c ---- */

/* Whether a kprobe can be put on the function itself, as far as that can be told before. */
bool b2c_can_probe(const char *function);

/* ---- attach.c, uprobe.c, usdt.c, perf_event.c ---- */

int b2c_attach_all(struct b2c_run *run);
/* At the probe's offset in a function, or where it returns. NULL and errno on failure. */
struct bpf_link *b2c_attach_kprobe(struct b2c_run *run, const struct bpf_program *program,
				   const struct b2c_probe *probe, const char *function);
struct bpf_link *b2c_attach_tracepoint(const struct bpf_program *program, const char *target);
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
/* Whether the place of a user probe or an event is there, without a word about it. */
bool b2c_has_symbol(const struct b2c_probe *probe);
bool b2c_has_usdt(struct b2c_run *run, const struct b2c_probe *probe);
bool b2c_has_perf_event(const struct b2c_probe *probe);
/* Says so under --verbose, and in the start record of --json. */
void b2c_tell_attached(struct b2c_run *run, const struct b2c_probe *probe,
		       const struct b2c_attached *attached);
/* The first line of --json: {"start":{"tool":...,"version":...,"probes":[...]}}. */
int b2c_print_start(struct b2c_run *run);
const char *b2c_kind_word(enum b2c_probe_kind kind);
/* Appends "kprobe 'a', 'b'", "uprobe 'a' of 'libc.so.6'": where a probe would be. */
void b2c_text_place(struct b2c_text *text, const struct b2c_probe *probe);
/* b2c_error(), or b2c_note() for what is optional. Returns 0 if it is, else `err`. */
int b2c_probe_failed(const struct b2c_run *run, const struct b2c_probe *probe, int err,
		     const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
