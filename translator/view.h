// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * View: turns the plan into the names and lists that the templates show. All
 * that is C text but no template is made here: declarations of types, calls
 * that print a value, initialisers, string literals. emit.c calls it.
 */
#ifndef B2C_VIEW_H
#define B2C_VIEW_H

#include "model.h"
#include "template.h"

#define VIEW_COLUMNS 100	/* no line of emitted C is longer */
#define VIEW_TAB 8

/* ---- view.c: the whole tool, and the parts of it that are no output ---- */

/* Everything that head.c, options.c, probes.c, main.c, tool.h and tool.bpf.c ask for. */
struct b2c_view *view_of_plan(const struct b2c_plan *plan, const char *version,
			      struct b2c_arena *arena);

/* ---- view_probes.c, view_bpf.c, view_outputs.c ---- */

void view_probes(const struct b2c_plan *plan, struct b2c_arena *arena, struct b2c_view *view);
void view_bpf(const struct b2c_plan *plan, struct b2c_arena *arena, struct b2c_view *view);
void view_output(const struct b2c_plan *plan, const struct b2c_plan_output *out,
		 struct b2c_arena *arena, struct b2c_view *view);

/* ---- view_types.c: C of the user-space side ---- */

/* "struct opens_options {...};" or "" when the manifest has no options. */
const char *view_options_struct(const struct b2c_manifest *manifest, const char *tool,
				struct b2c_arena *arena);

/* A declaration of `name` as `type`: "__u32 pid", "char comm[16]", "struct event *e". */
const char *view_declare(const struct b2c_type *type, const char *name, struct b2c_arena *arena);

/* The type alone: "struct event", "__u64"; what is an array there is its element. */
const char *view_type_name(const struct b2c_type *type, struct b2c_arena *arena);

/* Whether C can copy a value of the type: it is no array. */
bool view_is_scalar(const struct b2c_type *type);

/* The record as user space declares it, with the asserts that pin its layout. */
void view_record(const struct b2c_type *record, struct b2c_arena *arena, struct b2c_text *ret);

/* ---- view_text.c ---- */

/* A C string literal with its quotes. */
const char *view_literal(const char *text, struct b2c_arena *arena);

/* `text` without what would end a comment. */
const char *view_comment(const char *text, struct b2c_arena *arena);

/* An expression of the manifest with the spaces that clang-format gives it. */
const char *view_expression(const char *text, struct b2c_arena *arena);

/* "if (x)"-free text of a call as a statement, broken after commas where it is too long. */
const char *view_call(const char *head, const char *const *args, size_t nr_args,
		      struct b2c_arena *arena);

/* The fields of one initialiser: { .a = 1, .b = 2 }, on lines of their own if too long. */
struct view_fields {
	struct b2c_arena *arena;
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

/* Tabs and spaces up to a column, as `UseTab: Always` has them. */
const char *view_indent(size_t column, struct b2c_arena *arena);

#endif
