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
/*
 * How many functions of the host a pattern matches; -errno if they cannot be listed. NULL
 * in a tool without patterns, which does not link what they take.
 */
int b2c_count_matching(const char *pattern) __attribute__((weak));
/* Whether the place of a user probe or an event is there, without a word about it. */
bool b2c_has_symbol(const struct b2c_probe *probe);
bool b2c_has_usdt(struct b2c_run *run, const struct b2c_probe *probe);
bool b2c_has_perf_event(const struct b2c_probe *probe);
const char *b2c_kind_word(enum b2c_probe_kind kind);
/* Appends "kprobe 'a', 'b'", "uprobe 'a' of 'libc.so.6'": where a probe would be. */
void b2c_text_place(struct b2c_text *text, const struct b2c_probe *probe);
/* The event that perf calls so ("cpu-clock"), without period; false: unknown. */
struct perf_event_attr;
bool b2c_perf_event_find(const char *name, struct perf_event_attr *ret_attr);
/* b2c_error(), or b2c_note() for what is optional. Returns 0 if it is, else `err`. */
int b2c_probe_failed(const struct b2c_run *run, const struct b2c_probe *probe, int err,
		     const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
