// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The three models a translation passes through, all plain C in one arena:
 *
 *   struct b2c_unit      what the source is          (written by frontend)
 *   struct b2c_manifest  what the user asks for      (written by manifest)
 *   struct b2c_plan      what will be emitted        (written by bind, read by emit)
 *
 * Strings are NUL-terminated and owned by the arena. `loc` is where a thing
 * stands in the user's files.
 */
#ifndef B2C_MODEL_H
#define B2C_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diag.h"

/* ---- words shared by all three ---- */

/* id, BPF map type without BPF_MAP_TYPE_, what bcc calls it */
#define B2C_MAP_KINDS(X) \
	X(HASH, "HASH", "hash") \
	X(PERCPU_HASH, "PERCPU_HASH", "percpu_hash") \
	X(LRU_HASH, "LRU_HASH", "lru_hash") \
	X(LRU_PERCPU_HASH, "LRU_PERCPU_HASH", "lru_percpu_hash") \
	X(ARRAY, "ARRAY", "array") \
	X(PERCPU_ARRAY, "PERCPU_ARRAY", "percpu_array") \
	X(STACK_TRACE, "STACK_TRACE", "stacktrace") \
	X(PERF_OUTPUT, "PERF_EVENT_ARRAY", "perf_output") \
	X(RINGBUF, "RINGBUF", "ringbuf") \
	X(LPM_TRIE, "LPM_TRIE", "lpm_trie") \
	X(QUEUE, "QUEUE", "queue") \
	X(STACK, "STACK", "stack") \
	X(PROG_ARRAY, "PROG_ARRAY", "prog") \
	X(PERF_ARRAY, "PERF_EVENT_ARRAY", "perf_array") \
	X(CGROUP_ARRAY, "CGROUP_ARRAY", "cgroup_array") \
	X(ARRAY_OF_MAPS, "ARRAY_OF_MAPS", "array_of_maps") \
	X(HASH_OF_MAPS, "HASH_OF_MAPS", "hash_of_maps") \
	X(DEVMAP, "DEVMAP", "devmap") \
	X(CPUMAP, "CPUMAP", "cpumap") \
	X(XSKMAP, "XSKMAP", "xskmap") \
	X(SOCKMAP, "SOCKMAP", "sockmap") \
	X(SOCKHASH, "SOCKHASH", "sockhash") \
	X(SK_STORAGE, "SK_STORAGE", "sk_storage") \
	X(INODE_STORAGE, "INODE_STORAGE", "inode_storage") \
	X(TASK_STORAGE, "TASK_STORAGE", "task_storage") \
	X(CGROUP_STORAGE, "CGROUP_STORAGE", "cgroup_storage") \
	X(PERCPU_CGROUP_STORAGE, "PERCPU_CGROUP_STORAGE", "percpu_cgroup_storage")

enum b2c_map_kind {
#define X(id, type, word) B2C_MAP_##id,
	B2C_MAP_KINDS(X)
#undef X
	B2C_NR_MAP_KINDS,
};

/*
 * id, manifest word, SEC() prefix, whether a target follows the prefix. Kinds with rows
 * in attach_hooks.def have a hook for a target, and its SEC().
 */
#define B2C_ATTACH_KINDS(X) \
	X(NONE, "", "", false) \
	X(KPROBE, "kprobe", "kprobe", true) \
	X(KRETPROBE, "kretprobe", "kretprobe", true) \
	X(KSYSCALL, "ksyscall", "ksyscall", true) \
	X(KRETSYSCALL, "kretsyscall", "kretsyscall", true) \
	X(TRACEPOINT, "tracepoint", "tp", true) \
	X(RAW_TRACEPOINT, "raw_tracepoint", "raw_tp", true) \
	X(FENTRY, "fentry", "fentry", true) \
	X(FEXIT, "fexit", "fexit", true) \
	X(UPROBE, "uprobe", "uprobe", false) \
	X(URETPROBE, "uretprobe", "uretprobe", false) \
	X(USDT, "usdt", "usdt", false) \
	X(PERF_EVENT, "perf_event", "perf_event", false) \
	X(FMOD_RET, "fmod_ret", "fmod_ret", true) \
	X(LSM, "lsm", "lsm", true) \
	X(ITER, "iter", "iter", true) \
	X(SOCKET_FILTER, "socket_filter", "socket", false) \
	X(XDP, "xdp", "xdp", false) \
	X(TC, "tc", "tc", false) \
	X(TC_ACTION, "tc_action", "action", false) \
	X(CGROUP, "cgroup", "cgroup", false) \
	X(SOCKOPS, "sockops", "sockops", false) \
	X(SK_SKB, "sk_skb", "sk_skb", false) \
	X(SK_MSG, "sk_msg", "sk_msg", false) \
	X(SK_LOOKUP, "sk_lookup", "sk_lookup", false) \
	X(FLOW_DISSECTOR, "flow_dissector", "flow_dissector", false) \
	X(LWT, "lwt", "lwt", false)

enum b2c_attach_kind {
#define X(id, word, section, has_target) B2C_ATTACH_##id,
	B2C_ATTACH_KINDS(X)
#undef X
	B2C_NR_ATTACH_KINDS,
};

/* ---- unit: what the source is ---- */

enum b2c_type_kind {
	B2C_TYPE_INT,		/* any integer or enum up to 8 bytes, bool and char too */
	B2C_TYPE_INT128,
	B2C_TYPE_POINTER,
	B2C_TYPE_STRING,	/* array of char */
	B2C_TYPE_ARRAY,
	B2C_TYPE_RECORD,	/* struct or union */
};

struct b2c_type {
	enum b2c_type_kind kind;
	const char *spelling;	/* as the source writes it: "u32", "struct event" */
	const char *name;	/* records: the name to declare, tag or typedef; "" if anonymous */
	bool is_typedef;	/* records: `name` is a typedef's, not a tag */
	bool is_union;
	bool is_signed;
	bool is_bool;
	bool is_enum;
	bool is_kernel;		/* records: defined by the kernel, not by the program */
	uint64_t size;		/* bytes, BPF target */
	uint64_t align;
	uint64_t nr_elements;	/* arrays and strings */
	const struct b2c_type *element;	/* arrays: the element; pointers: the pointee or NULL */
	const struct b2c_member *fields;
	size_t nr_fields;
	struct b2c_loc loc;
};

struct b2c_member {
	const char *name;	/* "" for an anonymous member */
	const struct b2c_type *type;
	uint64_t offset;	/* bytes; of the storage unit for a bit-field */
	unsigned int bit_offset;	/* in that unit */
	unsigned int bit_width;	/* 0: no bit-field */
};

struct b2c_map {
	const char *name;
	enum b2c_map_kind kind;
	bool histogram;		/* declared by BPF_HISTOGRAM */
	const struct b2c_type *key;	/* NULL for perf outputs, ring buffers, queues and stacks */
	const struct b2c_type *value;
	bool pops;		/* queues and stacks: the program itself takes elements out */
	const struct b2c_type *event;	/* what is submitted; NULL when never or unknown */
	uint64_t max_entries;	/* ring buffers: bytes; perf outputs: 0 */
	uint64_t flags;
	const char *pin;	/* path that the source pins it at; NULL: none */
	const char *inner;	/* maps of maps: the map whose form the inner ones have */
	struct b2c_loc loc;
};

/* A parameter of the traced function whose position is found out before the load. */
struct b2c_argument {
	const char *variable;	/* of TOOL.bpf.c, that holds the position */
	const char *what;	/* "struct dentry *dentry", "flags", or "return" */
	unsigned int position;	/* on the base kernel */
};

struct b2c_program {
	const char *name;	/* the BPF function's name in the emitted source */
	enum b2c_attach_kind kind;
	const char *target;	/* function, "category:event", or "" */
	bool self_attach;	/* the name or macro says where; needs no manifest entry */
	const struct b2c_argument *arguments;
	size_t nr_arguments;
	struct b2c_loc loc;
};

/* A line of the semantics ledger: what bcc does here, and the translation with it. */
struct b2c_semantics {
	const char *id;
	const char *text;
	const char *help;	/* the way out; "" if there is none */
	struct b2c_loc loc;
};

struct b2c_unit {
	const struct b2c_map *maps;
	size_t nr_maps;
	const struct b2c_program *programs;
	size_t nr_programs;
	const struct b2c_semantics *semantics;	/* in source order */
	size_t nr_semantics;
	uint64_t local_bytes;	/* in the variables of the largest program, at most */
	bool uses_trace_printk;
	bool uses_helpers;	/* bpf_source needs <b2c/b2c.bpf.h> */
	bool uses_endian;	/* and <bpf/bpf_endian.h> */
	bool uses_usdt;		/* and <b2c/usdt.bpf.h> */
	bool uses_packet;	/* and <b2c/packet.bpf.h> */
	uint32_t host_values;	/* of host_values.h, a bit each */
	const char *license;	/* "GPL" unless BPF_LICENSE says otherwise; NULL: in bpf_source */
	const char *bpf_comment;	/* the comments that the source starts with; "" if none */
	const char *bpf_source;	/* the rewritten text after them, without what emit adds */
	const char *vmlinux;	/* text of the vmlinux.h that goes with it */
};

/* ---- manifest: what the user asks for ---- */

/* A string of the manifest and where it stands; text NULL when absent. */
struct b2c_word {
	const char *text;
	struct b2c_loc loc;
};

enum b2c_option_type {
	B2C_OPTION_FLAG,
	B2C_OPTION_S32,
	B2C_OPTION_U32,
	B2C_OPTION_S64,
	B2C_OPTION_U64,
	B2C_OPTION_STRING,
	B2C_OPTION_PID,
};

struct b2c_option {
	struct b2c_word name;
	char letter;		/* 0: none */
	enum b2c_option_type type;
	struct b2c_word help;
	struct b2c_word default_text;
	int64_t default_number;
	uint64_t size;		/* strings: bytes with the NUL; 64 unless given */
};

struct b2c_replace {
	struct b2c_word placeholder;
	struct b2c_word text;
};

/* One target of an attach; which members count depends on the kind. */
struct b2c_attach {
	struct b2c_word run;	/* the function of the program */
	enum b2c_attach_kind kind;
	const struct b2c_word *targets;	/* alternatives, best first */
	size_t nr_targets;
	uint64_t offset;	/* kprobe: bytes from the function's start */
	struct b2c_word match;	/* kprobes: POSIX extended regular expression; then no targets */
	struct b2c_word binary;	/* uprobes: path or library, may be "opt.NAME" */
	struct b2c_word symbol;	/* uprobes: symbol; usdt: probe; may be "opt.NAME" */
	struct b2c_word provider;	/* usdt; text NULL: whichever has the probe */
	struct b2c_word pid;	/* expression such as opt.pid */
	struct b2c_word when;	/* expression over opt.*: attach only if true */
	struct b2c_word event;	/* perf_event: software or hardware event name */
	bool hardware;
	struct b2c_word interface;	/* socket_filter, xdp, tc: name, may be "opt.NAME" */
	struct b2c_word mode;	/* xdp: "auto", "skb", "drv" or "hw" */
	struct b2c_word cgroup;	/* cgroup, sockops: path, may be "opt.NAME" */
	struct b2c_word map;	/* sk_skb, sk_msg: the sockmap or sockhash */
	struct b2c_word netns;	/* sk_lookup, flow_dissector: path, may be "opt.NAME" */
	uint64_t frequency;	/* perf_event: samples a second, else... */
	uint64_t period;	/* ...one in so many events */
	bool optional;
	struct b2c_loc loc;
};

enum b2c_output_kind {
	B2C_OUTPUT_HISTOGRAM,
	B2C_OUTPUT_EVENTS,
	B2C_OUTPUT_TABLE,
	B2C_OUTPUT_STACKS,
};

enum b2c_scale { B2C_SCALE_LOG2, B2C_SCALE_LINEAR };

/* id, manifest word: how a value is shown */
#define B2C_VALUE_TYPES(X) \
	X(AUTO, "auto") X(STRING, "string") X(SIGNED, "int") X(UNSIGNED, "uint") \
	X(HEX, "hex") X(FLOAT, "float") X(PID, "pid") X(COMM, "comm") X(IP4, "ip4") X(IP6, "ip6") \
	X(PORT, "port") X(ERRNO, "errno") X(SIGNAL, "signal") X(DEVICE, "device") \
	X(KSYM, "ksym") X(BOOL, "bool")

enum b2c_value_type {
#define X(id, word) B2C_VALUE_##id,
	B2C_VALUE_TYPES(X)
#undef X
	B2C_NR_VALUE_TYPES,
};

struct b2c_column {
	struct b2c_word header;
	struct b2c_word key;	/* of JSON; from the header when absent */
	int width;		/* negative: left-aligned; 0: as wide as the text */
	int precision;		/* -1: none */
	enum b2c_value_type type;
	struct b2c_word value;	/* a C expression */
	struct b2c_loc loc;
};

struct b2c_output {
	enum b2c_output_kind kind;
	struct b2c_word map;
	const struct b2c_column *columns;
	size_t nr_columns;
	/* histogram */
	enum b2c_scale scale;
	struct b2c_word unit;
	struct b2c_column section;	/* value.text NULL: none */
	/* table */
	struct b2c_word sort;	/* expression, largest first; a leading '-' reverses */
	uint64_t top;		/* 0: all */
	/* stacks: expressions over key and value; text NULL: absent */
	struct b2c_word kernel, user, pid, comm, count;
	struct b2c_word folded;	/* expression: true prints folded lines */
	struct b2c_word stack_map;	/* the BPF_STACK_TRACE map; found alone when only one */
	/* maps printed at intervals */
	struct b2c_word every;	/* as written: "interval", "end" */
	bool every_interval, clear;	/* else once, at the end */
	struct b2c_loc loc;
};

struct b2c_manifest {
	bool present;		/* false: no manifest was given, the defaults apply */
	const char *file;
	struct b2c_word tool;
	struct b2c_word summary;
	struct b2c_word source;
	const struct b2c_option *options;
	size_t nr_options;
	bool takes_interval, takes_count;	/* arguments: [interval [count]] */
	const struct b2c_replace *replaces;
	size_t nr_replaces;
	const struct b2c_attach *attaches;
	size_t nr_attaches;
	const struct b2c_output *outputs;
	size_t nr_outputs;
	bool prints_trace;	/* outputs has `trace`: lines of bpf_trace_printk */
};

/* ---- plan: what will be emitted; all names resolved ---- */

struct b2c_plan_probe {
	const struct b2c_program *program;
	const struct b2c_attach *attach;	/* NULL: from the name alone */
	enum b2c_attach_kind kind;
	const char *const *targets;
	size_t nr_targets;
};

/* One value to show: an expression, how to show it and how to head it. */
struct b2c_plan_column {
	const char *header;
	const char *key;	/* of JSON: [a-z0-9_]+, unique in its output */
	int width;
	int precision;		/* -1: none */
	enum b2c_value_type type;	/* never AUTO unless only _Generic can tell */
	const char *value;	/* C expression over e, key, value, opt */
	const char *size;	/* strings of known size: "sizeof(e->comm)"; else NULL */
	const struct b2c_type *of;	/* type of the value; NULL when only C knows it */
	unsigned int bit_width;	/* the value is a bit-field; 0: it is none */
	struct b2c_loc loc;	/* of the expression in the manifest, for #line; line 0: ours */
};

/* Stacks: expressions over key and value; NULL: absent. */
struct b2c_plan_stacks {
	const struct b2c_plan_column *kernel, *user, *pid, *comm, *count;
	const struct b2c_plan_column *folded;	/* true prints folded lines */
};

struct b2c_plan_output {
	enum b2c_output_kind kind;
	const struct b2c_output *asked;	/* NULL: a default */
	const struct b2c_map *map;
	const struct b2c_map *stack_map;
	const struct b2c_type *event, *key, *value;	/* as the map's, records always named */
	const struct b2c_plan_column *columns;
	size_t nr_columns;
	const struct b2c_plan_column *sections;	/* histograms: what a bucket's key says besides */
	size_t nr_sections;
	const char *slot;	/* histograms keyed by a record: member that is the bucket */
	enum b2c_scale scale;
	const char *unit;
	const struct b2c_plan_column *sort;	/* tables, largest first; NULL: in map order */
	bool ascending;
	uint64_t top;		/* 0: all */
	struct b2c_plan_stacks stacks;
	uint64_t sum_size;	/* per-CPU values are integers of so many bytes, added up; 0: no */
	bool every_interval;
	bool clear;
};

struct b2c_plan {
	const struct b2c_unit *unit;
	const struct b2c_manifest *manifest;
	const char *tool;	/* valid C identifier and file name stem */
	const char *summary;	/* "" when there is none */
	const char *source;	/* base name of the source, for comments */
	const char *manifest_file;	/* base name, or NULL */
	const struct b2c_plan_probe *probes;
	size_t nr_probes;
	const struct b2c_plan_output *outputs;
	size_t nr_outputs;
	const struct b2c_type *const *types;	/* records both sides share, in order */
	size_t nr_types;
	bool prints_maps;	/* at the end, if not at intervals */
	bool takes_interval, takes_count;	/* on the command line */
	bool prints_trace;
};

#endif
