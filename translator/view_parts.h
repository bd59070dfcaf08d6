// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* View, inside: what the parts of view share. Only view*.c include this. */
#ifndef B2C_VIEW_PARTS_H
#define B2C_VIEW_PARTS_H

#include "view.h"

#define VIEW_COLUMNS 100 /* no line of emitted C is longer */
#define VIEW_TAB 8

/* ---- view.c ---- */

/* "dist, from blklat.c:9" */
const char *view_origin(const struct b2c_plan *plan, const char *what, struct b2c_loc loc,
			struct b2c_arena *arena);

/* ---- view_probes.c ---- */

void view_probes(const struct b2c_plan *plan, struct b2c_view *view);

/* "NAME" of "opt.NAME"; NULL when the text is anything else. */
const char *view_option_of(const struct b2c_word *word);

/* ---- view_options.c ---- */

/* The option as C names it: "max_ms" for --max-ms. */
const char *view_option_name(const struct b2c_option *option, struct b2c_arena *arena);

/* The options' struct with what it needs, its defaults, and the rows of the command line. */
void view_options(const struct b2c_manifest *manifest, struct b2c_arena *arena,
		  struct b2c_view *view);

/* ---- view_filters.c ---- */

/* The calls that find pinned maps for filters. */
void view_filters(const struct b2c_manifest *manifest, struct b2c_view *view);

/* ---- view_facts.c ---- */

/* The members of `host`, and the calls that find them. */
void view_facts(const struct b2c_manifest *manifest, struct b2c_view *view);

/* ---- view_maps.c ---- */

/* Calls that size maps before the load, and that fill them after it. */
void view_maps(const struct b2c_plan *plan, struct b2c_view *view);

/* ---- view_types.c: C of the user-space side ---- */

/* The type alone: "struct event", "__u64"; what is an array there is its element. */
const char *view_type_name(const struct b2c_type *type, struct b2c_arena *arena);

/* A declaration of `name`, `depth` tabs in: "__u32 pid", "char comm[16]". */
const char *view_declaration(const struct b2c_type *type, const char *name, size_t depth,
			     struct b2c_arena *arena);

/* Whether C can copy a value of the type: it is no array. */
bool view_is_scalar(const struct b2c_type *type);

/* The record as user space declares it, with the asserts that pin its layout. */
const char *view_record(const struct b2c_type *record, struct b2c_arena *arena);

/* ---- view_columns.c ---- */

/* The call that shows the value of a column. */
const char *view_put(const struct b2c_plan_column *column, struct b2c_arena *arena);

/* The function that gives a column's header where options choose it. */
const char *view_header_function(const struct b2c_plan_output *out,
				 const struct b2c_plan_column *column, struct b2c_arena *arena);

/* What the table of an output's columns is made of, with the functions that it names. */
void view_columns(struct b2c_view *view, const struct b2c_plan_output *out);
/* ---- view_settings.c ---- */

/* A list of statements, each with its place in the manifest; line 0: it is ours. */
struct view_statement {
	const char *text;
	struct b2c_loc loc;
};

struct view_statements {
	struct b2c_arena *arena;
	struct view_statement *items;
	size_t nr;
};

void view_add_statement(struct view_statements *statements, struct b2c_loc loc, const char *text);
/* As a list `name` of the view, with what a template needs for #line. */
void view_add_statements(struct b2c_view *view, const char *name,
			 const struct view_statements *statements);

/* What the struct of an output of a map is called: a map can have two. */
const char *view_config_name(const struct b2c_plan_output *out, struct b2c_arena *arena);
/* The function that gives a text which options choose: "unit", "title", "section_header". */
const char *view_text_function(const struct b2c_plan_output *out, const char *name,
			       struct b2c_arena *arena);
/* The functions, as items of `settings`. */
void view_settings(const struct b2c_plan_output *out, struct b2c_view *view);

/* ---- view_outputs.c ---- */

/* "sizeof(struct event)", or the number for what has no name. */
const char *view_size_of(const struct b2c_type *type, struct b2c_arena *arena);

/* ---- view_lines.c ---- */

/* The function that gives the lines; none where there are no lines. */
void view_lines(const struct b2c_plan_lines *lines, const char *function, struct b2c_view *view);

/* ---- view_gather.c: of events ---- */

/* What an output keeps until the last record of a row, and what its function does with it. */
void view_gather(const struct b2c_plan_output *out, struct b2c_view *view);

/* ---- view_derived.c: of tables ---- */

/* FUNCTION_key, FUNCTION_value and FUNCTION_joins: which variables its expressions need. */
void view_locals(const struct b2c_plan_output *out, const char *function,
		 const char *const *expressions, size_t nr, struct b2c_view *view);
void view_joins(const struct b2c_plan_output *out, struct b2c_view *view);
void view_totals(const struct b2c_plan_output *out, struct b2c_view *view);
/* The calls in main that give the joins their maps. */
void view_join_calls(const struct b2c_plan_output *out, struct b2c_view *view);

/* ---- view_variants.c ---- */

void view_variants(const struct b2c_plan *plan, struct b2c_view *view);
/* Where a #line of the file leads. */
void view_c_file(const struct b2c_plan *plan, struct b2c_view *view);

/* ---- view_expr.c ---- */

/* Whether the C text names `name` other than as a member. */
bool view_uses(const char *text, const char *name);

/* An expression of the manifest with the spaces that clang-format gives it. */
const char *view_expression(const char *text, struct b2c_arena *arena);

/* ---- view_symbols.c ---- */

/* Columns of symbols and of stacks, which have statements of their own. */
bool view_is_symbol(const struct b2c_plan_column *column);
/* A stack id, which is negative when there is no stack, whatever type keeps it. */
const char *view_stack_id(const struct b2c_plan_column *column, struct b2c_arena *arena);
const char *view_put_symbol(const struct b2c_plan_column *column, struct b2c_arena *arena);

/* ---- view_text.c ---- */

/* A C string literal with its quotes. */
const char *view_literal(const char *text, struct b2c_arena *arena);

/* `text` without what would end a comment. */
const char *view_comment(const char *text, struct b2c_arena *arena);

/* A call as a statement, broken after commas where it is too long for the line. */
const char *view_call(const char *head, const char *const *args, size_t nr_args,
		      struct b2c_arena *arena);

/* The fields of one initialiser: { .a = 1, .b = 2 }, on lines of their own if too long. */
struct view_fields {
	struct b2c_arena *arena;
	size_t depth; /* tabs before a field that has a line of its own */
	const char **items;
	size_t nr;
};

void view_field(struct view_fields *fields, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void view_field_literal(struct view_fields *fields, const char *name, const char *text);

/* A list: .targets = { "a", "b" }. */
void view_field_list(struct view_fields *fields, const char *name, const char *const *items,
		     size_t nr);
const char *view_braces(const struct view_fields *fields);

/* The same, one field an item of the list `name`, as its `text`. */
void view_add_fields(struct b2c_view *view, const char *name, const struct view_fields *fields);

/* Tabs and spaces up to a column, as `UseTab: Always` has them. */
const char *view_indent(size_t column, struct b2c_arena *arena);

/* ---- view_stack_lines.c ---- */

/* The functions that print the elements of stacks, and what they need. */
void view_stack_lines(const struct b2c_plan_output *out, struct b2c_view *view);
/* The fields for them. */
void view_stack_fields(const struct b2c_plan_output *out, struct view_fields *fields);

#endif
