// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What will be emitted, all names resolved: written by bind, read by emit.
 */
#ifndef B2C_MODEL_PLAN_H
#define B2C_MODEL_PLAN_H

#include "model_variant.h"

struct b2c_plan_probe {
	const struct b2c_program *program;
	const struct b2c_attach *attach;	/* NULL: from the name alone */
	enum b2c_attach_kind kind;
	const char *const *targets;
	size_t nr_targets;
	bool or_next;		/* of a choice that goes on with the next probe */
};

/* One value to show: an expression, how to show it and how to head it. */
struct b2c_plan_column {
	const char *header;
	const struct b2c_caption *headers;	/* options choose it; NULL: there is one */
	const char *key;	/* of JSON: [a-z0-9_]+, unique in its output */
	int width;
	int precision;		/* -1: none */
	enum b2c_value_type type;	/* never AUTO unless only _Generic can tell */
	const char *value;	/* C expression over e, key, value, opt */
	const char *size;	/* strings of known size: "sizeof(e->comm)"; else NULL */
	const struct b2c_type *of;	/* type of the value; NULL when only C knows it */
	unsigned int bit_width;	/* the value is a bit-field; 0: it is none */
	const struct b2c_plan_column *when;	/* expression over opt.*; NULL: always there */
	const struct b2c_column *asked;	/* with what its type needs; NULL: a default */
	const struct b2c_plan_column *limit;	/* string, hexdump: expression, bytes at most */
	bool is_total;		/* a table sums it up in its last line */
	bool is_largest;	/* of `totals`: the largest of all elements, not the sum */
	bool is_label;		/* of a table: made of the key */
	bool offset, module;	/* symbols: what is written beside the name */
	const char *pid;	/* symbols of a process: expression; NULL: of the kernel */
	const char *stack_map;	/* stack: the map with its frames */
	struct b2c_loc loc;	/* of the expression in the manifest, for #line; line 0: ours */
};

/* A line of a stacks output that says them itself; expressions over key, value and opt. */
struct b2c_plan_stack_line {
	const struct b2c_stack_line *asked;
	const char *key;	/* of JSON; NULL: it is not in it */
	const struct b2c_plan_column *value, *id, *pid, *when;	/* NULL: absent */
	struct b2c_loc loc;
};

struct b2c_plan_stack_lines {
	const struct b2c_plan_stack_line *items;
	size_t nr;
};

/* Stacks: expressions over key and value; NULL: absent. */
struct b2c_plan_stacks {
	const struct b2c_plan_column *kernel, *user, *pid, *comm, *count;
	const struct b2c_plan_column *forms[B2C_NR_STACK_FORMS];	/* true asks for the form */
	struct b2c_plan_stack_lines lines, fold;	/* nr 0: bcc's */
};

struct b2c_plan_join {
	const struct b2c_map *map;
	const char *name;	/* of the value in expressions */
	const struct b2c_plan_column *key;	/* expression over key and value */
	const struct b2c_type *key_type, *value_type;
	uint64_t sum_size;	/* as that of an output */
	bool clear, rows;
};

/* What is kept of records before the last one of a row; expressions over e. */
struct b2c_plan_part_of_row {
	const struct b2c_gather_part *asked;
	const char *name;	/* in expressions */
	const struct b2c_plan_column *condition, *text, *needed;	/* NULL: absent */
};

/* Rows of several records; nr 0: each record is one. */
struct b2c_plan_gather {
	const struct b2c_plan_column *by, *when;
	const struct b2c_plan_part_of_row *parts;
	size_t nr;
};

/* A line of text: as it is, or what an expression over opt gives. */
struct b2c_plan_line {
	const char *text;	/* NULL: `value` */
	const struct b2c_plan_column *value;
	const struct b2c_plan_column *when;	/* NULL: always */
	struct b2c_loc loc;
};

struct b2c_plan_lines {
	const struct b2c_plan_line *items;
	size_t nr;
};

struct b2c_plan_output {
	enum b2c_output_kind kind;
	const struct b2c_output *asked;	/* NULL: a default */
	const struct b2c_map *map;
	const char *name;	/* of what is emitted for it: the map's, of one of several longer */
	bool is_shared;		/* events: records of the map may be another output's */
	bool is_first;		/* of those of its map */
	const struct b2c_plan_column *condition;	/* events: which records; NULL: all left */
	struct b2c_plan_gather gather;	/* events */
	const struct b2c_map *stack_map;
	const struct b2c_type *event, *key, *value;	/* as the map's, records always named */
	const struct b2c_type *outer;	/* maps of maps: of their key; key, value: inner */
	const struct b2c_plan_column *columns;
	size_t nr_columns;
	bool no_header;
	bool header_once, reversed, summary;	/* tables */
	const struct b2c_plan_lines *above;	/* NULL: an empty line and the time */
	const struct b2c_plan_lines *below;	/* NULL: nothing */
	const struct b2c_plan_column *filter;	/* rows for which it is false are not shown */
	const struct b2c_plan_column *sections;	/* histograms: what a bucket's key says besides */
	size_t nr_sections;
	const char *slot;	/* histograms keyed by a record: member that is the bucket */
	enum b2c_scale scale;
	const char *unit;
	const struct b2c_caption *units;	/* options choose it; NULL: there is one */
	const struct b2c_plan_column *sort;	/* tables, largest first; NULL: in map order */
	const char *sort_key;	/* tables: by the column with this key instead... */
	const char *sort_option;	/* ...or the one that this string option names */
	bool ascending;
	uint64_t top;		/* 0: all */
	const struct b2c_plan_column *top_value;	/* over opt; NULL: top counts */
	const struct b2c_plan_column *rows;	/* over opt: of the keys below it; NULL: of all */
	const struct b2c_plan_join *joins;	/* tables */
	size_t nr_joins;
	const struct b2c_plan_column *totals;	/* tables: summed up before rows are made */
	size_t nr_totals;
	bool percpu_list;	/* tables: a row for each CPU */
	const char *title;	/* NULL: none was asked for */
	const struct b2c_caption *titles;	/* options choose it; NULL: there is one */
	struct b2c_plan_stacks stacks;
	uint64_t sum_size;	/* per-CPU values are integers of so many bytes, added up; 0: no */
	bool every_interval;
	uint64_t every_seconds;	/* 0: at intervals or the end */
	bool no_last;		/* but not at the end */
	bool clear;
	const struct b2c_plan_column *when;	/* over opt; NULL: it is always printed */
	const struct b2c_plan_column *timestamp, *screen;	/* over opt; NULL: never */
};

/* A map that the tool sizes or fills. */
struct b2c_plan_map {
	const struct b2c_map *map;
	const struct b2c_map_rule *asked;
	const struct b2c_type *key, *value;	/* preset: as the map's, records always named */
};

/* What a plan is of: a whole tool, or what its variants share, or one of them. */
enum b2c_plan_part { B2C_PART_WHOLE, B2C_PART_START, B2C_PART_RUN };

struct b2c_plan {
	enum b2c_plan_part part;
	const struct b2c_variants *variants;	/* NULL: there is one program */
	const struct b2c_variant *variant;	/* RUN: whose program this is */
	uint32_t variant_set;	/* RUN: with those that have the same, a bit each */
	const struct b2c_plan *runs;	/* the programs, of START and RUN; NULL: there is one */
	size_t nr_runs;
	const char *stem;	/* the tool's name with that of the variant: object, skeleton */
	const struct b2c_unit *unit;
	const struct b2c_manifest *manifest;
	const char *tool;	/* valid C identifier and file name stem */
	const char *summary;	/* "" when there is none */
	const char *source;	/* base name of the source, for comments */
	const char *manifest_file;	/* base name, or NULL */
	const char *code_file;	/* base name of the C that columns may call; NULL: none */
	const char *code_path, *code_text;
	bool asks_users; /* an expression or the code names functions of processes */
	const struct b2c_plan_probe *probes;
	size_t nr_probes;
	const struct b2c_plan_output *outputs;
	size_t nr_outputs;
	const struct b2c_plan_map *maps;
	size_t nr_maps;
	const struct b2c_type *const *types;	/* records both sides share, in order */
	size_t nr_types;
	bool prints_maps;	/* at the end, if not at intervals */
	bool takes_interval, takes_count;	/* on the command line */
	bool prints_trace;
	const struct b2c_plan_lines *start, *end;	/* NULL: a banner where maps are printed */
};

/* Whether a probe of the plan is in a choice that an earlier one began. */
static inline bool plan_probe_is_second(const struct b2c_plan *plan,
					const struct b2c_plan_probe *probe)
{
	return probe > plan->probes && probe[-1].or_next;
}

#endif
