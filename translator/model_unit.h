// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What the source is, written by frontend, and the words that all models share.
 */
#ifndef B2C_MODEL_UNIT_H
#define B2C_MODEL_UNIT_H

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

/* Programs that watch: nothing depends on what they return. */
static inline bool b2c_is_tracing(enum b2c_attach_kind kind)
{
	return kind > B2C_ATTACH_NONE && kind <= B2C_ATTACH_PERF_EVENT;
}

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
	bool is_signed, is_bool, is_enum;
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
	bool histogram, as_ring;	/* of BPF_HISTOGRAM; a perf output emitted as ring buffer */
	const struct b2c_type *key;	/* NULL for perf outputs, ring buffers, queues and stacks */
	const struct b2c_type *value;
	bool pops;		/* queues and stacks: the program itself takes elements out */
	bool counts_full;	/* MAP_full beside it counts what the full map did not take */
	const struct b2c_type *event;	/* submitted last in the source; NULL: never or unknown */
	const struct b2c_type *const *events;	/* of all that is, in source order */
	size_t nr_events;
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
	const struct b2c_program *fast, *slow;	/* kprobes: the same as fentry or fexit; and back */
	uint32_t reads;		/* of a fast one: arguments of the function, a bit each */
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

#endif
