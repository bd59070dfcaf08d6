// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Bind, inside: what the parts of bind share. Only bind*.c include this. */
#ifndef B2C_BIND_PARTS_H
#define B2C_BIND_PARTS_H

#include "bind.h"

struct bind {
	const struct b2c_unit *unit;
	const struct b2c_manifest *manifest;
	struct b2c_kernels *kernels;
	struct b2c_arena *arena;
	struct b2c_diag *diag;
	struct b2c_plan *plan;
	const struct b2c_unit *const *others;
	size_t nr_others;
};

/* ---- bind.c: what only another variant of the program has ---- */

bool bind_is_elsewhere(const struct bind *b, const char *map);
bool bind_runs_elsewhere(const struct bind *b, const char *function);

/* ---- bind_attach.c ---- */

/* Fills plan->probes. */
void bind_attaches(struct bind *b);

/* ---- bind_code.c ---- */

/* Reads the file that the manifest names as `code`. */
void bind_code(struct bind *b);

/* ---- bind_outputs.c: what an output of known kind and map lacks ---- */

void bind_histogram(struct bind *b, struct b2c_plan_output *out);
void bind_table(struct bind *b, struct b2c_plan_output *out);
void bind_events(struct bind *b, struct b2c_plan_output *out);
void bind_stacks(struct bind *b, struct b2c_plan_output *out);

/* bind_records.c: the record of an events output, and its name; bind_trace.c: of a trace. */
void bind_record(struct bind *b, struct b2c_plan_output *out);
const struct b2c_map *bind_trace_map(struct bind *b, const struct b2c_output *asked);
/* bind_gather.c: rows of several records, whose parts its expressions may name from then on. */
struct bind_scope;
void bind_gather(struct bind *b, struct b2c_plan_output *out, struct bind_scope *scope);

bool bind_is_percpu(const struct b2c_map *map);
/* Size of the integers that a per-CPU value consists of; 0 when they can't be added up. */
uint64_t bind_sum_size(const struct b2c_type *value);

/* ---- bind_table.c ---- */

/* When and how the output of a map is printed. */
void bind_showing(struct bind *b, struct b2c_plan_output *out);
/* Order, number and sums of the rows of a table that has its columns. */
void bind_table_rows(struct bind *b, struct b2c_plan_output *out, const struct bind_scope *scope);
/* What says which stacks are shown, and in what order. */
void bind_stacks_rows(struct bind *b, struct b2c_plan_output *out, const struct bind_scope *scope);

/* ---- bind_derived.c ---- */

/* The joins of a table, which its expressions may name from then on. */
void bind_joins(struct bind *b, struct b2c_plan_output *out, struct bind_scope *scope);
/* Takes total(...) out of the columns and the order of a table. */
void bind_totals(struct bind *b, struct b2c_plan_output *out);

/* ---- bind_choice.c: which outputs there are ---- */

/* Whether its elements can be gone through, and those of CPUs be added up. */
bool bind_can_be_table(const struct b2c_map *map);

/* What the maps in a map of maps look like; of another map itself. */
const struct b2c_map *bind_inner_map(struct bind *b, const struct b2c_map *map);

/* Fills plan->outputs from the manifest, or by the defaults when it lists none. */
void bind_outputs(struct bind *b);

/*
 * The map with the frames of stacks: the one that `word` names, else the only one there
 * is. NULL, reported: those of `what` at `loc` could be in any of several.
 */
const struct b2c_map *bind_stack_map(struct bind *b, const struct b2c_word *word,
				     const char *what, struct b2c_loc loc);

/* ---- bind_map.c: what fills maps ---- */

/* The map of the program; NULL after a report. */
const struct b2c_map *bind_find_map(struct bind *b, const struct b2c_word *word);

/* Fills plan->maps. Warns of maps that only user space can fill, and nothing does. */
void bind_maps(struct bind *b);

/* ---- bind_filter.c: programs that filters are for ---- */

void bind_filters(struct bind *b);

/* Whether a map of the manifest holds the program, which is loaded for those that call it. */
bool bind_is_called(const struct b2c_manifest *manifest, const char *program);

/* ---- bind_slots.c: members that have a meaning by their name ---- */

/* The member of a histogram's key that is the bucket; NULL when there is none. */
const struct b2c_member *bind_slot(const struct b2c_type *key);

/* Expressions for the members of `key` that are stack ids, and their company. */
void bind_stack_members(struct bind *b, const struct b2c_type *key, struct b2c_plan_stacks *ret);

/* ---- bind_columns.c ---- */

struct bind_place;

/* Values that an expression of an output may name; NULL: not there. */
struct bind_scope {
	const struct b2c_type *event; /* behind `e` */
	const struct b2c_type *key;
	const struct b2c_type *value;
	const struct b2c_type *outer;	   /* of a map of maps */
	const struct b2c_plan_join *joins; /* by their names */
	size_t nr_joins;
	const struct b2c_plan_gather *gather;	/* the parts that are records, by their names */
};

/* One column of the manifest, checked against the types in scope. */
void bind_column(struct bind *b, const struct b2c_column *asked, const struct bind_scope *scope,
		 struct b2c_plan_column *ret_column);

/* bind_values.c: what the type of a column needs beside a value that fits it. */
void bind_column_type(struct bind *b, const struct b2c_column *asked,
		      const struct bind_place *place, const struct bind_scope *scope);

/* A bare expression of the manifest such as `sort`; NULL when it is absent. */
const struct b2c_plan_column *bind_expression(struct bind *b, const struct b2c_word *word,
					      const struct bind_scope *scope);

/* The same where only options can be named. */
const struct b2c_plan_column *bind_condition(struct bind *b, const struct b2c_word *word);

/* Checks its conditions. The caption if it is a choice, else NULL. */
const struct b2c_caption *bind_caption(struct bind *b, const struct b2c_caption *caption);


/* bind_lines.c: NULL when none are given. */
const struct b2c_plan_lines *bind_lines(struct bind *b, const struct b2c_lines *asked);

/* bind_stack_lines.c: none when none are given. */
struct b2c_plan_stack_lines bind_stack_lines(struct bind *b, const struct b2c_stack_lines *asked,
					     const struct bind_scope *scope);

struct bind_columns {
	struct b2c_plan_column *items;
	size_t nr;
	const struct b2c_map *map;	/* whose members they are by default */
};

/*
 * Appends a column for `type`, or one for each member of a record. `path` is
 * the C expression of the value, `name` the header of a value that is no record.
 */
void bind_default_columns(struct bind *b, const struct b2c_type *type, const char *path,
			  const char *name, struct bind_columns *columns);

/* A column of our own making for a value of type `type`. */
struct b2c_plan_column bind_own_column(struct bind *b, const char *value, const char *name,
				       const struct b2c_type *type);

/* Makes the JSON keys of a table unique. */
void bind_unique_keys(struct bind *b, struct b2c_plan_column *columns, size_t nr);

/* ---- bind_expr.c ---- */

/* What an expression turned out to be. */
struct bind_place {
	const struct b2c_type *type;	/* NULL: more than a path, only C knows */
	const struct b2c_member *field; /* last member of the path; NULL: none */
};

/*
 * Checks every path that starts at e, key or value and reports what does not
 * exist. Returns false when it reported something.
 */
bool bind_expr_check(struct bind *b, const struct b2c_word *word, const struct bind_scope *scope,
		     struct bind_place *ret_place);

/* Whether the expression names `root` other than as a member. */
bool bind_uses(const char *text, const char *root);

/* The member of a record, through anonymous members; NULL when there is none. */
const struct b2c_member *bind_member(const struct b2c_type *record, const char *name, size_t n);

/* ---- bind_types.c ---- */

/* `type` with a name to declare it by: `fallback` for a record without one. */
const struct b2c_type *bind_named_type(struct bind *b, const struct b2c_type *type,
				       const char *fallback);

/* Adds the records that `type` consists of to plan->types, innermost first. */
void bind_share_type(struct bind *b, const struct b2c_type *type);

#endif
