// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What the user asks for, written by manifest.
 */
#ifndef B2C_MODEL_MANIFEST_H
#define B2C_MODEL_MANIFEST_H

#include "model_lines.h"
#include "model_rows.h"

struct b2c_replace {
	struct b2c_word placeholder;
	struct b2c_word text;
	bool keeps_lines;	/* texts of several items */
	struct b2c_word when, otherwise;	/* over opt: if false, this text; NULL: one text */
};

/* One target of an attach; which members count depends on the kind. */
struct b2c_attach {
	struct b2c_word run;	/* the function of the program */
	enum b2c_attach_kind kind;
	const struct b2c_word *targets;	/* alternatives, best first */
	size_t nr_targets;
	uint64_t offset;	/* kprobe, uprobe: bytes from the function's start */
	uint64_t maxactive;	/* kretprobe: calls at once; 0: the kernel's own number */
	uint64_t address;	/* uprobes: instead of a symbol; 0: none */
	struct b2c_word match;	/* kprobes: POSIX extended regular expression; then no targets */
	struct b2c_word binary;	/* uprobes: path or library, may be "opt.NAME" */
	struct b2c_word symbol;	/* uprobes: symbol; usdt: probe; may be "opt.NAME" */
	struct b2c_word provider;	/* usdt; text NULL: whichever has the probe */
	struct b2c_word pid;	/* expression such as opt.pid */
	struct b2c_word when;	/* expression over opt.*: attach only if true */
	struct b2c_word event;	/* perf_event: as perf writes it: "cpu-clock", "r1a8" */
	const char *event_key;	/* "software", "hardware", "cache", "raw" or "breakpoint" */
	struct b2c_word cpu;	/* perf_event: expression; negative or absent: every CPU */
	struct b2c_word interface;	/* socket_filter, xdp, tc: name, may be "opt.NAME" */
	struct b2c_word mode;	/* xdp: "auto", "skb", "drv" or "hw" */
	struct b2c_word cgroup;	/* cgroup, sockops: path, may be "opt.NAME" */
	struct b2c_word map;	/* sk_skb, sk_msg: the sockmap or sockhash */
	struct b2c_word netns;	/* sk_lookup, flow_dissector: path, may be "opt.NAME" */
	uint64_t frequency;	/* perf_event: samples a second, else... */
	uint64_t period;	/* ...one in so many events */
	bool trampoline;	/* kprobe, kretprobe: as fentry or fexit where that can be */
	bool optional;
	bool or_next;		/* of a choice that goes on with the next attach */
	bool never;		/* `when` is false in this variant, which may lack the function */
	struct b2c_loc loc;
};

enum b2c_output_kind {
	B2C_OUTPUT_HISTOGRAM,
	B2C_OUTPUT_EVENTS,
	B2C_OUTPUT_TABLE,
	B2C_OUTPUT_STACKS,
};

enum b2c_scale { B2C_SCALE_LOG2, B2C_SCALE_LINEAR, B2C_SCALE_BUCKETS };

/* id, manifest word: how a value is shown */
#define B2C_VALUE_TYPES(X) \
	X(AUTO, "auto") X(STRING, "string") X(SIGNED, "int") X(UNSIGNED, "uint") \
	X(HEX, "hex") X(FLOAT, "float") X(PID, "pid") X(COMM, "comm") X(IP4, "ip4") X(IP6, "ip6") \
	X(PORT, "port") X(ERRNO, "errno") X(SIGNAL, "signal") X(DEVICE, "device") \
	X(KSYM, "ksym") X(BOOL, "bool") \
	X(SYSCALL, "syscall") X(USER, "user") X(CGROUP, "cgroup") X(BYTES, "bytes") \
	X(TIME, "time") X(SINCE_START, "since_start") X(DELTA, "delta") \
	X(ENUM, "enum") X(FLAGS, "flags") X(HEXDUMP, "hexdump") \
	X(USYM, "usym") X(STACK, "stack")

enum b2c_value_type {
#define X(id, word) B2C_VALUE_##id,
	B2C_VALUE_TYPES(X)
#undef X
	B2C_NR_VALUE_TYPES,
};

enum b2c_align { B2C_ALIGN_BY_WIDTH, B2C_ALIGN_LEFT, B2C_ALIGN_RIGHT };

/* What a number is called. */
struct b2c_number_name {
	uint64_t number;
	const char *text;	/* of the number, as written */
	struct b2c_word name;
};

struct b2c_column {
	struct b2c_caption header;
	struct b2c_word key;	/* of JSON; from the header when absent */
	int width;		/* negative: left-aligned; 0: as wide as the text */
	enum b2c_align align;	/* as written; `width` has it too */
	uint64_t indent;	/* blanks before it, beside the one between columns */
	int precision;		/* digits, of text characters at most; -1: none */
	enum b2c_value_type type;
	struct b2c_word value;	/* a C expression */
	struct b2c_word when;	/* expression over opt.*: there only if true */
	/* what a type needs beside the value */
	struct b2c_word format;	/* time: strftime's, with %N; text NULL: "%H:%M:%S" */
	const struct b2c_number_name *names;	/* enum, flags */
	size_t nr_names;
	struct b2c_word kernel_enum;	/* enum: its tag or one of its names */
	struct b2c_word prefix;	/* enum: what its names begin with, left out */
	struct b2c_word unnamed;	/* of a number without a name; %d, %x are the number */
	struct b2c_word size;	/* string, hexdump: expression, bytes at most */
	bool offset, module;	/* symbols: what is written beside the name */
	struct b2c_word pid;	/* expression: the process of usym, or of a user stack */
	struct b2c_word stack_map;	/* stack: its BPF_STACK_TRACE map; the only one if absent */
	struct b2c_loc loc;
};

/* id, manifest word, bit of the runtime: how stacks are printed */
#define B2C_STACK_FORMS(X) \
	X(FOLDED, "folded", "B2C_STACKS_FOLDED") \
	X(DELIMITED, "delimited", "B2C_STACKS_DELIMITED") \
	X(ANNOTATED, "annotated", "B2C_STACKS_ANNOTATED") \
	X(OFFSET, "offset", "B2C_SYMBOL_OFFSET") \
	X(MODULE, "module", "B2C_SYMBOL_MODULE")

enum b2c_stack_form {
#define X(id, word, bit) B2C_FORM_##id,
	B2C_STACK_FORMS(X)
#undef X
	B2C_NR_STACK_FORMS,
};

#define B2C_TRACE_LINES "trace_lines"	/* the "map" of rows from the trace pipe */

struct b2c_output {
	enum b2c_output_kind kind;
	struct b2c_word map;
	const struct b2c_column *columns;
	size_t nr_columns;
	bool no_header, header_once, is_trace;	/* rows alone; tables; of no map */
	struct b2c_lines above;	/* maps: instead of an empty line and the time */
	struct b2c_lines below;	/* maps */
	struct b2c_word record;	/* events: "struct open_event"; text NULL: the only one */
	struct b2c_word condition;	/* events: expression, which records are this output's */
	struct b2c_gather gather;	/* events */
	struct b2c_word filter;	/* events and tables: rows for which it is false are not shown */
	/* histogram */
	enum b2c_scale scale;
	uint64_t step, from;	/* linear: values of a slot, the first of slot 0; step 0: plain */
	const uint64_t *buckets;	/* the lowest values of the slots */
	size_t nr_buckets;
	const double *percentiles;
	size_t nr_percentiles;
	struct b2c_caption unit;
	struct b2c_column section;	/* value.text NULL: none */
	/* table */
	struct b2c_word sort;	/* expression, largest first; a leading '-' reverses */
	uint64_t top;		/* 0: all */
	struct b2c_word top_value;	/* the same as an expression over opt */
	struct b2c_word rows;	/* expression over opt: rows of the keys below it */
	bool reversed, summary;	/* rows last first; one row, of joins and totals */
	bool totals;		/* all columns that can be summed up */
	const struct b2c_word *total_keys;	/* or those with these keys */
	size_t nr_total_keys;
	const struct b2c_join *joins;
	size_t nr_joins;
	bool percpu_list;	/* a row for each CPU instead of sums */
	struct b2c_caption title;	/* line above a table or histogram */
	/* stacks: expressions over key and value; text NULL: absent */
	struct b2c_word kernel, user, pid, comm, count;
	struct b2c_word forms[B2C_NR_STACK_FORMS];	/* expressions: true asks for the form */
	struct b2c_word stack_map;	/* the BPF_STACK_TRACE map; found alone when only one */
	struct b2c_stack_lines lines, fold;	/* of an element, of its folded line; nr 0: bcc's */
	/* maps printed at intervals */
	struct b2c_word every;	/* as written: "interval", "end" */
	bool every_interval, clear, no_last;	/* else once, at the end */
	uint64_t every_seconds;	/* `every: 5`; 0: not so */
	struct b2c_word when, timestamp, screen;	/* over opt; text NULL: absent */
	struct b2c_loc loc;
};

struct b2c_manifest {
	bool present;		/* false: no manifest was given, the defaults apply */
	const char *file;
	struct b2c_word tool, summary, source;
	struct b2c_word code;	/* path of C that columns may call */
	const struct b2c_option *options;
	size_t nr_options;
	const struct b2c_word *arguments;	/* words behind the options, by position */
	size_t nr_arguments;
	bool takes_interval, takes_count;
	const struct b2c_replace *replaces;
	size_t nr_replaces;
	const struct b2c_attach *attaches;
	size_t nr_attaches;
	const struct b2c_output *outputs;
	size_t nr_outputs;
	bool lists_outputs;	/* though none may be left in this variant */
	struct b2c_filter_rule filters;
	const struct b2c_fact *facts;
	size_t nr_facts;
	const struct b2c_map_rule *maps;
	size_t nr_maps;
	bool prints_trace;	/* outputs has `trace` without columns: whole lines */
	struct b2c_lines start, end;	/* once everything is attached; when it has ended */
};

#endif
