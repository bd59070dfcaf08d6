// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Template: renders text that looks like what it produces. A template is a
 * text with holes `$name$` and line directives
 *
 *   //: each list      repeats up to `//: end` for every item of the list
 *   //: if x           keeps what follows when x is there; `//: if !x`, `//: else`
 *   //: end
 *
 * and no other logic: every decision is made by whoever builds the view. An
 * unknown name is a bug of ours, reported at its line of the template.
 * `$next_line$` is always there: the number of the output line that follows.
 */
#ifndef B2C_TEMPLATE_H
#define B2C_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "diag.h"
#include "text.h"

struct b2c_template {
	const char *name; /* for messages: "templates/main.c" */
	const char *text;
};

/* What a template sees: names with a text, or with a list of views. */
struct b2c_view;

struct b2c_view *view_new(struct b2c_arena *arena);
struct b2c_arena *view_arena(const struct b2c_view *view);

/* NULL defines `name` as absent: false for `if`, an error in a hole. Setting again replaces. */
void view_set(struct b2c_view *view, const char *name, const char *text);
void view_printf(struct b2c_view *view, const char *name, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void view_flag(struct b2c_view *view, const char *name, bool on);

/* Defines an empty list, so that a template may ask for it. */
void view_list(struct b2c_view *view, const char *name);

/* Adds one item to the list `name`. Names that an item lacks are looked up in `view`. */
struct b2c_view *view_add(struct b2c_view *view, const char *name);

/*
 * Appends the rendered template to `ret_text`, which may hold earlier parts of
 * the same file. Returns 0, or -EINVAL with a bug reported to `diag`.
 */
int template_render(const struct b2c_template *template, const struct b2c_view *view,
		    struct b2c_diag *diag, struct b2c_text *ret_text);

#endif
