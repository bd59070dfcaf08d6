// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What the user asks of the tool around its programs: its words, its command line, and what it
 * finds out and fills before it attaches anything. Part of model_manifest.h.
 */
#ifndef B2C_MODEL_TOOL_H
#define B2C_MODEL_TOOL_H

#include "model_unit.h"

/* A string of the manifest and where it stands; text NULL when absent. */
struct b2c_word {
	const char *text;
	struct b2c_loc loc;
};

/* A text that stands above or beside values; options may choose it. */
struct b2c_caption {
	struct b2c_word plain;	/* of a choice: where none of its conditions holds */
	struct b2c_word when;	/* of a choice: expression over opt.*; text NULL: it is none */
	const struct b2c_caption *then, *otherwise;
};

/*
 * id, manifest word, member of `opt` in C, elements of it as an array (0: none), what reads
 * it in the runtime (NULL: its parser itself), what --help calls its value
 */
#define B2C_OPTION_TYPES(X) \
	X(FLAG, "flag", "bool", 0, NULL, "") \
	X(S32, "s32", "__s32", 0, NULL, "N") \
	X(U32, "u32", "__u32", 0, NULL, "N") \
	X(S64, "s64", "__s64", 0, NULL, "N") \
	X(U64, "u64", "__u64", 0, NULL, "N") \
	X(STRING, "string", "char", 64, NULL, "TEXT") \
	X(PID, "pid", "__u32", 0, NULL, "PID") \
	X(PORT, "port", "__u16", 0, "b2c_read_port", "PORT") \
	X(IP4, "ip4", "__u32", 0, "b2c_read_ip4", "ADDRESS") \
	X(IP6, "ip6", "__u8", 16, "b2c_read_ip6", "ADDRESS") \
	X(NET4, "net4", "struct b2c_net4", 0, "b2c_read_net4", "ADDRESS/BITS") \
	X(NET6, "net6", "struct b2c_net6", 0, "b2c_read_net6", "ADDRESS/BITS") \
	X(COMM, "comm", "char", 16, "b2c_read_comm", "COMM") \
	X(SIGNAL, "signal", "__u32", 0, "b2c_read_signal", "SIGNAL") \
	X(USER, "user", "__u32", 0, "b2c_read_user", "USER") \
	X(DURATION, "duration", "__u64", 0, "b2c_read_duration", "TIME") \
	X(BYTES, "bytes", "__u64", 0, "b2c_read_bytes", "SIZE") \
	X(FLOAT, "float", "double", 0, "b2c_read_float", "N") \
	X(CHOICE, "choice", "__u32", 0, "b2c_read_choice", "WORD") \
	X(PATH, "path", "char", 256, "b2c_read_path", "PATH") \
	X(CGROUP, "cgroup", "struct b2c_cgroup", 0, "b2c_read_cgroup", "CGROUP") \
	X(NAMESPACE, "namespace", "__u64", 0, "b2c_read_namespace", "NAMESPACE")

enum b2c_option_type {
#define X(id, word, type, elements, read, argument) B2C_OPTION_##id,
	B2C_OPTION_TYPES(X)
#undef X
	B2C_NR_OPTION_TYPES,
};

/* What of a tool's run an option's value is besides. */
enum b2c_option_sets { B2C_SETS_NOTHING, B2C_SETS_INTERVAL, B2C_SETS_COUNT, B2C_SETS_DURATION };

struct b2c_option {
	struct b2c_word name;
	char letter;		/* 0: none */
	enum b2c_option_type type;
	struct b2c_word help;
	struct b2c_word default_text;
	int64_t default_number;
	uint64_t size;		/* strings, paths: bytes with the NUL; 64 or 256 unless given */
	uint64_t list;		/* takes up to so many values; 0: one */
	const struct b2c_word *choices;	/* choice: its words */
	size_t nr_choices;
	enum b2c_option_sets sets;	/* u32 alone, no list */
	struct b2c_word define;	/* the macro that the program is compiled with when it is given */
};

/* id, word of `filters` and name of the option, its type, letter and help */
#define B2C_FILTERS(X) \
	X(PID, "pid", PID, 'p', "trace this process only") \
	X(TID, "tid", PID, 0, "trace this thread only") \
	X(COMM, "comm", COMM, 0, "trace threads of this name only") \
	X(UID, "uid", USER, 0, "trace processes of this user only") \
	X(CGROUP, "cgroup", CGROUP, 0, "trace this cgroup only, with those below its folder") \
	X(MNTNS, "mntns", NAMESPACE, 0, "trace this mount name space only") \
	X(CGROUPMAP, "cgroupmap", STRING, 0, "trace cgroups of this pinned map only") \
	X(MNTNSMAP, "mntnsmap", STRING, 0, "trace mount name spaces of this pinned map only")

enum b2c_filter {
#define X(id, word, type, letter, help) B2C_FILTER_##id,
	B2C_FILTERS(X)
#undef X
	B2C_NR_FILTERS,
};

/* By what programs leave out processes, and which programs do. */
struct b2c_filter_rule {
	uint32_t by;		/* of b2c_filter, a bit each */
	const struct b2c_word *in;	/* none: every tracing program */
	size_t nr_in;
	struct b2c_loc loc;
};

/* word of `facts`, member of `host` in C, function of the runtime and what it is told */
#define B2C_FACTS(X) \
	X("pidns_ino", "__u64", "b2c_find_ns_ino", "pid") \
	X("pidns_dev", "__u64", "b2c_find_ns_dev", "pid") \
	X("netns_ino", "__u64", "b2c_find_ns_ino", "net") \
	X("netns_dev", "__u64", "b2c_find_ns_dev", "net") \
	X("mntns_ino", "__u64", "b2c_find_ns_ino", "mnt") \
	X("mntns_dev", "__u64", "b2c_find_ns_dev", "mnt") \
	X("pid", "__u32", "b2c_find_pid", NULL) \
	X("pid_max", "__u32", "b2c_find_pid_max", NULL) \
	X("cpus", "__u32", "b2c_find_cpus", NULL) \
	X("online_cpus", "__u32", "b2c_find_online_cpus", NULL) \
	X("page_size", "__u32", "b2c_find_page_size", NULL) \
	X("clock_ticks", "__u32", "b2c_find_clock_ticks", NULL) \
	X("boot_time_ns", "__u64", "b2c_find_boot_time", NULL)

/* What the tool finds out about the host before the load: host.NAME. */
enum b2c_fact_kind {
	B2C_FACT_WORD,		/* of B2C_FACTS */
	B2C_FACT_SYMBOL,	/* the address of one of the kernel */
	B2C_FACT_FUNCTION,	/* whether the kernel lets probes onto it */
	B2C_FACT_TRACEPOINT,	/* whether the kernel has it, "category:event" */
	B2C_FACT_MEMBER,	/* whether a record of the kernel has it, "record.member" */
};

struct b2c_fact {
	enum b2c_fact_kind kind;
	struct b2c_word name;	/* member of `host` */
	const char *of;		/* what is asked for; the name, but for tracepoints and members */
	bool optional;		/* symbol: 0 where the host does not have it */
};

/* id, word of `maps`: what is put into a map before anything is attached */
#define B2C_FILL_KINDS(X) \
	X(PROGRAMS, "programs") X(PERF_EVENT, "perf_event") X(CGROUPS, "cgroups") \
	X(INTERFACES, "interfaces") X(CPUS, "cpus") X(MAPS, "maps") X(PRESET, "preset")

enum b2c_fill_kind {
	B2C_FILL_NONE,		/* nothing: only its size is given */
#define X(id, word) B2C_FILL_##id,
	B2C_FILL_KINDS(X)
#undef X
	B2C_NR_FILL_KINDS,
};

/* An element: function, path, interface, CPU or map under an index; or key and value. */
struct b2c_fill_item {
	struct b2c_word key;
	struct b2c_word value;	/* preset: not there (NULL) where `text` is all */
	struct b2c_word text, member;	/* preset: a text for the value, or a member of it */
	struct b2c_loc loc;
};

/* What the manifest says about one map of the program. */
struct b2c_map_rule {
	struct b2c_word map;
	enum b2c_fill_kind kind;
	const struct b2c_fill_item *items;
	size_t nr_items;
	uint64_t nr_maps;	/* maps: so many without a name; then no items */
	uint64_t queue;		/* cpus: packets that wait for one */
	struct b2c_word event;	/* perf_event: software or hardware event name */
	struct b2c_word keys, value;	/* preset: "opt.NAME" of a list, and the value of all */
	struct b2c_word entries;	/* number of elements: a number, or opt.NAME */
	struct b2c_word buffer;	/* perf outputs: "ring" or "perf" */
};

#endif
