// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Probes: which program runs where. b2c_load() drops those that the host does
 * not have, b2c_trace() attaches the rest. The skeleton's own attach is not used.
 */
#ifndef B2C_ATTACH_H
#define B2C_ATTACH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Alternatives of one probe. */
#define B2C_MAX_TARGETS 15

enum b2c_probe_kind {
	B2C_KPROBE, /* targets: kernel functions */
	B2C_KRETPROBE,
	B2C_KSYSCALL, /* targets: system calls without prefix: "openat" */
	B2C_KRETSYSCALL,
	B2C_TRACEPOINT,	    /* targets: "category:event" */
	B2C_RAW_TRACEPOINT, /* targets: event names; also for programs of SEC("tp_btf") */
	B2C_FENTRY,	    /* targets: kernel functions */
	B2C_FEXIT,
	B2C_UPROBE, /* targets: symbols of `binary` */
	B2C_URETPROBE,
	B2C_USDT,	/* targets: names of probes of `binary` */
	B2C_PERF_EVENT, /* event, and frequency or period */
	B2C_FMOD_RET,	/* targets: kernel functions */

	/* these name the function that attaches them */
	B2C_LSM,	   /* targets: hooks of the LSM */
	B2C_ITER,	   /* targets: what is walked */
	B2C_SOCKET_FILTER, /* place: an interface */
	B2C_XDP,
	B2C_TC,	     /* targets: "ingress" or "egress" */
	B2C_CGROUP,  /* place: a cgroup's folder */
	B2C_SOCKOPS, /* likewise */
	B2C_SK_SKB,  /* place: the name of a map of sockets */
	B2C_SK_MSG,
	B2C_SK_LOOKUP, /* place: a file of a network namespace */
	B2C_FLOW_DISSECTOR,
};

struct b2c_pattern;
struct b2c_probe;
struct b2c_run;
struct b2c_trampoline;
struct bpf_link;
struct bpf_object;
struct bpf_program;

/* Attaches a program. Says what is wrong and returns -errno, or 0 for what is optional. */
typedef int (*b2c_attach_fn)(struct b2c_run *run, const struct b2c_probe *probe,
			     struct bpf_program *program);

/* Makes a probe on a function. NULL and errno when it can't be. */
typedef struct bpf_link *(*b2c_link_fn)(struct b2c_run *run, const struct b2c_probe *probe,
					const struct bpf_program *program, const char *function);

/* Decides about the rows of tool->probes from `first` on that are a choice. 0 or -errno. */
typedef int (*b2c_choose_fn)(struct b2c_run *run, struct bpf_object *object, size_t first);

/* Whether the host lets it be attached: 0, or -errno and what to know about it. */
typedef int (*b2c_ask_fn)(const struct b2c_probe *probe, const char **ret_hint);

/*
 * One program and one place to attach it. A program may have several rows
 * (fentry, fexit: one row that holds).
 */
struct b2c_probe {
	const char *program; /* name of the BPF function */
	enum b2c_probe_kind kind;
	const char *targets[B2C_MAX_TARGETS + 1]; /* alternatives, best first, then NULL */
	bool optional;				  /* none of them on this host: go on without it */
	bool (*when)(void);			  /* false: do not load or attach; NULL: always */

	uint64_t offset; /* kprobe, uprobe: bytes from the function's start */

	/* kretprobe: as many calls at once, with b2c_link_maxactive; 0: as the kernel has it */
	unsigned int maxactive;
	b2c_link_fn link;

	/* kprobes, uprobes, tracepoints: each place whose name begins with a match */
	const char *match; /* POSIX extended regular expression */
	const struct b2c_pattern *pattern; /* b2c_pattern_of_... */

	/* uprobe, uretprobe, usdt */
	const char *binary;	   /* path, program of $PATH or library: "libc.so.6", "c" */
	const char *binary_option; /* a string option instead; "" counts as not given */
	const char *symbol_option; /* a string option instead of `targets` */
	uint64_t address;	   /* uprobes: instead of a symbol, as the file's headers have it */
	const char *provider;	   /* usdt; NULL: the one that has the probe */

	/* uprobe, uretprobe, usdt, perf_event: this process only; 0: all */
	const void *pid_option; /* variable of a B2C_OPTION_PID */
	int (*pid)(void);	/* any other expression */

	/* perf_event: sampled on every CPU that is online or comes online */
	/* as perf writes it: "cpu-clock", "LLC-load-misses", "r1a8", "mem:jiffies_64/8:w" */
	const char *event;
	uint64_t frequency; /* samples a second on each CPU, else... */
	uint64_t period;    /* ...one sample in so many events */
	int (*on_cpu)(void);   /* this CPU only; negative or NULL: all */
	b2c_ask_fn ask;	       /* --check: b2c_ask_perf_event */

	b2c_attach_fn attach; /* NULL: by kind alone */

	/* fentry, fexit: for the kprobe or kretprobe of the next row where the host allows */
	const struct b2c_trampoline *trampoline; /* &b2c_trampoline */
	uint32_t reads;				 /* arguments of the function, a bit each */

	/* b2c_choose_first: this row or else the next, the first whose place this host has */
	b2c_choose_fn or_next;

	/* lsm and what follows it */
	const char *place;	  /* interface, cgroup, map or network namespace */
	const char *place_option; /* a string option instead */
	const char *mode;	  /* xdp: "skb", "drv" or "hw"; NULL: the best there is */
};

int b2c_choose_first(struct b2c_run *run, struct bpf_object *object, size_t first);
int b2c_ask_perf_event(const struct b2c_probe *probe, const char **ret_hint);
struct bpf_link *b2c_link_maxactive(struct b2c_run *run, const struct b2c_probe *probe,
				    const struct bpf_program *program, const char *function);
extern const struct b2c_trampoline b2c_trampoline;
extern const struct b2c_pattern b2c_pattern_of_functions;
extern const struct b2c_pattern b2c_pattern_of_tracepoints;
extern const struct b2c_pattern b2c_pattern_of_symbols;
int b2c_attach_perf_event(struct b2c_run *run, const struct b2c_probe *probe,
			  struct bpf_program *program);
int b2c_attach_lsm(struct b2c_run *run, const struct b2c_probe *probe,
		   struct bpf_program *program);
int b2c_attach_iter(struct b2c_run *run, const struct b2c_probe *probe,
		    struct bpf_program *program);
int b2c_attach_socket_filter(struct b2c_run *run, const struct b2c_probe *probe,
			     struct bpf_program *program);
int b2c_attach_xdp(struct b2c_run *run, const struct b2c_probe *probe,
		   struct bpf_program *program);
int b2c_attach_tc(struct b2c_run *run, const struct b2c_probe *probe, struct bpf_program *program);
int b2c_attach_cgroup(struct b2c_run *run, const struct b2c_probe *probe,
		      struct bpf_program *program);
int b2c_attach_sockmap(struct b2c_run *run, const struct b2c_probe *probe,
		       struct bpf_program *program);
int b2c_attach_netns(struct b2c_run *run, const struct b2c_probe *probe,
		     struct bpf_program *program);

#endif
